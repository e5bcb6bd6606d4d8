"""Cleans text that people type or paste: removes invisible characters, keeps what they wrote, and limits its length."""

from __future__ import annotations

import unicodedata

import regex

from clicnjob import policy
from clicnjob.errors import Refusal


class BrokenText(Refusal):
    """The text contains a lone surrogate, which no database or document can store."""

    sentence = "Un caractère est abîmé. Il faut l’effacer et l’écrire de nouveau."


class TooManyMarks(Refusal):
    """A letter has more combining marks than any language needs, and would overlap the lines around it."""

    sentence = "Il y a trop de signes sur une même lettre. Il faut écrire plus simplement."


class TooLong(Refusal):
    """The text is too long; `over` is the number of characters to remove."""

    def __init__(self, over: int) -> None:
        self.over = over
        count = "1 caractère" if over == 1 else f"{over} caractères"
        super().__init__(f"Texte trop long : {count} de trop. Il faut le raccourcir.")


# Scripts in which a zero-width joiner changes how a word is read, so that it belongs to the word.
_JOINED = (
    r"[\p{Arabic}\p{Syriac}\p{Nko}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}]"
)
_PICTURE = r"\p{Extended_Pictographic}\ufe0f?[\U0001f3fb-\U0001f3ff]?"

_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_LINE_BREAK = regex.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Fillers are letters in Unicode but invisible; Word's bullets are private-use characters of its symbol font.
_BLANK = regex.compile(r"[\t\u2800\u3164\uffa0]|[^\S\n\u00a0\u202f]")
_WORD_BULLET = regex.compile("[\uf076\uf0a7\uf0b7\uf0d8\uf0fc]")
# Word and web pages put no-break spaces anywhere, which would break the lines of a CV badly. French requires only these.
_UNIT = r"(?:h|min|s|km|m|cm|kg|g|Ko|ko|Mo|Go|ans?|mois|jours?|semaines?|heures?|minutes?|secondes?|euros?)"
_FRENCH_SPACE = regex.compile(
    rf"[\u00a0\u202f](?![:;?!»%€])(?<!«[\u00a0\u202f])(?!(?<=\d.)(?:\d|{_UNIT}\b))(?!(?<=[-–−].)\d)"
)
_FLAG_OR_TAG = regex.compile(r"(\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f)|[\U000e0000-\U000e007f]")
# Visible format characters (such as Arabic number signs) and joiners are excluded here and handled separately.
_HIDDEN = regex.compile(
    r"(?V1)[[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\u034f\u115f\u1160\u17b4\u17b5\ufffc]"
    r"--[\n\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U000e0020-\U000e007f]]"
)
_VARIATION = regex.compile(
    r"(?<![\p{Extended_Pictographic}])\ufe0f(?!\u20e3)|(?<![0-9#*\p{Extended_Pictographic}])\ufe0f"
    r"|[\ufe00-\ufe0e\u180b-\u180d\u180f]|(?<!\p{Han})[\U000e0100-\U000e01ef]"
)
_JOINER = regex.compile(
    rf"(?<!{_PICTURE})(?<!{_JOINED}\p{{M}}{{0,4}})\u200d|\u200d(?!\p{{Extended_Pictographic}}|{_JOINED})"
    rf"|(?<!{_JOINED}\p{{M}}{{0,4}})\u200c|\u200c(?!{_JOINED})"
)
_ORPHAN_MARK = regex.compile(r"(?<!\S)[\p{M}\u200d]+")
_MARK_RUN = regex.compile(r"\p{M}{64}")
_MARKS = regex.compile(rf"\p{{M}}{{{policy.MARKS_PER_LETTER + 1}}}")
_CHARACTER = regex.compile(r"\X")
_FLAG = regex.compile("[\U0001f1e6-\U0001f1ff]{2}")
_INHERITED_MARK = regex.compile(r"(?V1)[\p{Mn}&&[\p{Inherited}\p{Arabic}\p{Hebrew}]]|\u0640")
_FOLDED = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("’‘ʼʹ`´′＇ʻ", "'")
    | dict.fromkeys("‐‑‒–—−", "-")
)
_UNSAFE_IN_NAME = regex.compile(r'[<>:"|?*]')
_DEVICE = regex.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", regex.IGNORECASE)


def clean_line(text: str, *, most: int = policy.LINE_LENGTH) -> str:
    """Return the text on one line, in NFC, with at most `most` graphemes; '' when nothing in it is visible.

    Raises BrokenText, TooManyMarks, TooLong.
    """
    return _bounded_text(_visible_text(text, most).replace("\n", " ").strip(), most)


def clean_paragraph(text: str, *, most: int = policy.TEXT_LENGTH) -> str:
    """Clean like `clean_line`, but keep line breaks, as « \\n », with at most one empty line between two."""
    rows = "\n".join(row.strip() for row in _visible_text(text, most).split("\n"))
    return _bounded_text(regex.sub(r"\n{3,}", "\n\n", rows).strip(), most)


def clean_name(text: str) -> str:
    """Clean a first or last name: kept as written whatever it looks like, up to `policy.NAME_LENGTH` graphemes."""
    return clean_line(text, most=policy.NAME_LENGTH)


def count_graphemes(text: str) -> int:
    """Return the number of graphemes: an emoji with its skin tone counts as one."""
    return len(_counted_characters(text))


def fold_text(text: str) -> str:
    """Fold the text for comparison and search: no accent, case, ligature or apostrophe variant. Never raises."""
    if text.isascii() and text.isprintable():  # most names and cells: the rest would change nothing of it
        return " ".join(text.lower().replace("`", "'").split())
    plain = _BLANK.sub(" ", _LINE_BREAK.sub(" ", unicodedata.normalize("NFKC", text)))
    plain = _HIDDEN.sub("", _FLAG_OR_TAG.sub("", plain)).replace("\u200c", "").replace("\u200d", "")
    bare = _INHERITED_MARK.sub("", unicodedata.normalize("NFD", plain.casefold()))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_FOLDED).split())


def short_name(first: str, last: str) -> str:
    """Return « Zoé B. »: enough to recognise somebody in a room, not to find them elsewhere."""
    letter = regex.search(r"\p{L}\p{M}*", unicodedata.normalize("NFC", last))
    initial = f"{letter[0].upper()}." if letter else ""
    return f"{first.strip()} {initial}".strip()


def usual_digits(text: str) -> str:
    """Replace the decimal digits of every script (Arabic-Indic, full-width…) by 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def file_name(text: str) -> str:
    """Return a safe file name: without path or direction overrides, at most `policy.FILE_NAME_LENGTH` graphemes."""
    last = regex.split(r"[/\\]", _SURROGATE.sub("", text))[-1]
    bare = " ".join(_UNSAFE_IN_NAME.sub("-", _visible_text(last[:1_000], 1_000)).split()).strip(". ") or "fichier"
    stem, dot, kind = bare.rpartition(".")
    if not dot or len(kind) > 8:
        stem, dot, kind = bare, "", ""
    kept = "".join(_CHARACTER.findall(stem)[: policy.FILE_NAME_LENGTH - len(dot + kind)])
    return f"_{kept}{dot}{kind}" if _DEVICE.fullmatch(bare) else f"{kept}{dot}{kind}"


def _visible_text(text: str, most: int) -> str:
    """Remove invisible characters. The order matters: marks separated by hidden characters become adjacent."""
    if len(text) > most * policy.CODE_POINTS_PER_CHARACTER * 4:  # far too long to be worth cleaning
        raise TooLong(len(text) - most)
    if _SURROGATE.search(text):
        raise BrokenText
    seen = _BLANK.sub(" ", _LINE_BREAK.sub("\n", text))
    seen = _HIDDEN.sub("", _FLAG_OR_TAG.sub(r"\1", _WORD_BULLET.sub("•", seen)))
    seen = _JOINER.sub("", _VARIATION.sub("", seen))
    if _MARK_RUN.search(seen):  # before NFC, whose sorting of marks takes quadratic time
        raise TooManyMarks
    return _FRENCH_SPACE.sub(" ", _ORPHAN_MARK.sub("", unicodedata.normalize("NFC", seen)))


def _bounded_text(text: str, most: int) -> str:
    characters = _counted_characters(text)
    endless = any(len(character) > policy.CODE_POINTS_PER_CHARACTER for character in characters)
    if endless or _MARKS.search(unicodedata.normalize("NFD", text)):
        raise TooManyMarks
    if len(characters) > most:
        raise TooLong(len(characters) - most)
    return text


def _counted_characters(text: str) -> list[str]:
    """Split into graphemes. Flags become letters first, because pairing a long row of them takes quadratic time."""
    return [str(character) for character in _CHARACTER.findall(_FLAG.sub("x", text))]
