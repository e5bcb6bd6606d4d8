"""Text as people type or paste it: cleaned of what nobody sees, never of what they wrote, and bounded."""

from __future__ import annotations

import unicodedata

import regex

from clicnjob import policy
from clicnjob.errors import Refusal


class BrokenText(Refusal):
    """Half a character (lone surrogate): no database and no document can hold it."""

    sentence = "Un caractère est abîmé. Il faut l’effacer et l’écrire de nouveau."


class TooManyMarks(Refusal):
    """More marks on one letter than any language needs: it would run over the lines around it."""

    sentence = "Il y a trop de signes sur une même lettre. Il faut écrire plus simplement."


class TooLong(Refusal):
    """Longer than its place can hold; `over` is the number of characters to take off."""

    def __init__(self, over: int) -> None:
        self.over = over
        count = "1 caractère" if over == 1 else f"{over} caractères"
        super().__init__(f"Texte trop long : {count} de trop. Il faut le raccourcir.")


# Scripts in which a joiner changes how a word is read, so that it belongs to the word.
_JOINED = (
    r"[\p{Arabic}\p{Syriac}\p{Nko}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}]"
)
_PICTURE = r"\p{Extended_Pictographic}\ufe0f?[\U0001f3fb-\U0001f3ff]?"

_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_LINE_BREAK = regex.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Fillers are letters to Unicode and nothing to the eye; Word's bullets are private signs of its symbol font.
_BLANK = regex.compile(r"[\t\u2800\u3164\uffa0]|[^\S\n\u00a0\u202f]")
_WORD_BULLET = regex.compile("[\uf076\uf0a7\uf0b7\uf0d8\uf0fc]")
_FRENCH_SPACE = regex.compile(r"[\u00a0\u202f](?![:;?!»%€])(?<!«[\u00a0\u202f])(?!(?<=\d.)\d)")
_FLAG_OR_TAG = regex.compile(r"(\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f)|[\U000e0000-\U000e007f]")
# Visible format characters (Arabic number signs and the like) and joiners are judged apart.
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


def line(text: str, *, most: int = policy.LINE_LENGTH) -> str:
    """The text on one line, NFC, at most `most` characters as people count them; '' when nothing can be seen.

    Raises BrokenText, TooManyMarks, TooLong.
    """
    return _bounded(_clean(text, most).replace("\n", " ").strip(), most)


def paragraph(text: str, *, most: int = policy.TEXT_LENGTH) -> str:
    """Like `line`, but line breaks stay, as « \\n », with at most one empty line between two."""
    rows = "\n".join(row.strip() for row in _clean(text, most).split("\n"))
    return _bounded(regex.sub(r"\n{3,}", "\n\n", rows).strip(), most)


def name(text: str) -> str:
    """A first or last name: kept as written whatever it looks like, up to `policy.NAME_LENGTH` characters."""
    return line(text, most=policy.NAME_LENGTH)


def graphemes(text: str) -> int:
    """How many characters a person counts: an emoji with its skin tone is one."""
    return len(_characters(text))


def fold(text: str) -> str:
    """The text as compared and searched: no accent, case, ligature or shape of apostrophe. Never fails."""
    plain = _BLANK.sub(" ", _LINE_BREAK.sub(" ", unicodedata.normalize("NFKC", text)))
    plain = _HIDDEN.sub("", _FLAG_OR_TAG.sub("", plain)).replace("\u200c", "").replace("\u200d", "")
    bare = _INHERITED_MARK.sub("", unicodedata.normalize("NFD", plain.casefold()))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_FOLDED).split())


def short_name(first: str, last: str) -> str:
    """« Zoé B. »: enough to recognise someone in a room, not to find them elsewhere."""
    letter = regex.search(r"\p{L}\p{M}*", unicodedata.normalize("NFC", last))
    initial = f"{letter[0].upper()}." if letter else ""
    return f"{first.strip()} {initial}".strip()


def usual_digits(text: str) -> str:
    """The text with the decimal digits of every script (Arabic-Indic, full-width…) written 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def file_name(text: str) -> str:
    """A name under which a file can be kept and shown: no path, no trick of direction, bounded."""
    last = regex.split(r"[/\\]", _SURROGATE.sub("", text))[-1]
    bare = " ".join(_UNSAFE_IN_NAME.sub("-", _clean(last[:1_000], 1_000)).split()).strip(". ") or "fichier"
    stem, dot, kind = bare.rpartition(".")
    if not dot or len(kind) > 8:
        stem, dot, kind = bare, "", ""
    kept = "".join(_CHARACTER.findall(stem)[: policy.FILE_NAME_LENGTH - len(dot + kind)])
    return f"_{kept}{dot}{kind}" if _DEVICE.fullmatch(bare) else f"{kept}{dot}{kind}"


def _clean(text: str, most: int) -> str:
    """The text without what nobody sees. The order matters: marks parted by hidden characters join again."""
    if len(text) > most * policy.CODE_POINTS_PER_CHARACTER * 4:  # far too long to be worth reading
        raise TooLong(len(text) - most)
    if _SURROGATE.search(text):
        raise BrokenText
    seen = _BLANK.sub(" ", _LINE_BREAK.sub("\n", text))
    seen = _HIDDEN.sub("", _FLAG_OR_TAG.sub(r"\1", _WORD_BULLET.sub("•", seen)))
    seen = _JOINER.sub("", _VARIATION.sub("", seen))
    if _MARK_RUN.search(seen):  # before NFC, whose sorting of marks takes a time that grows as their square
        raise TooManyMarks
    return _FRENCH_SPACE.sub(" ", _ORPHAN_MARK.sub("", unicodedata.normalize("NFC", seen)))


def _bounded(text: str, most: int) -> str:
    characters = _characters(text)
    endless = any(len(character) > policy.CODE_POINTS_PER_CHARACTER for character in characters)
    if endless or _MARKS.search(unicodedata.normalize("NFD", text)):
        raise TooManyMarks
    if len(characters) > most:
        raise TooLong(len(characters) - most)
    return text


def _characters(text: str) -> list[str]:
    """As people count them. Each flag becomes a letter first: pairing a row of them takes its square."""
    return [str(character) for character in _CHARACTER.findall(_FLAG.sub("x", text))]
