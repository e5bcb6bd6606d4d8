"""Proofreading of the texts of a CV: what may be wrong, why in one sentence, and what to write instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate
from typing import Any

from clicnjob import policy
from clicnjob.cv import address, grammalecte, grammar, sensitive, spelling
from clicnjob.cv.grammar import Kind

_WORD = re.compile(r"(?<!\w)[^\W_]+(?:[-’][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|presqu|quoiqu)’(?=.)", re.IGNORECASE)
_NOT_PROSE = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\S+\.(?:fr|com|org|net|io|gouv)\b\S*|«[^»]*»|[@#]\w+|\w*_\w*")
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?:•–—*]\s+|^\W+)$")
_AFTER_VERB = re.compile(r"\s(?:les?|la|l’|des?|du|un|une|mes|aux?|à|en|avec|d’|son|sa|ses|\d+)\b")
_AFTER_NOUN = re.compile(r"\s(?:de|d’|des|du|dans|en|et|à|au|aux|avec|pour|sur)\b")
_LONG = 7  # letters: short words with a capital are too often names
_SHORTENED = 4  # « cat. 3 », « niv. 2 »
_LONGEST = 25  # letters of the longest French word: beyond, it is no word and would take long
_LOUD_WORDS = 3
_LOUD_LETTERS = 4

_PART = re.compile(r"[^\W\d_]{4,}(?<!o)(?![^\W\d_])|[^\W\d_]{4,}o(?!-)(?![^\W\d_])")
_SMALL_WORDS = frozenset(
    ("je", "j", "ai", "les", "des", "et", "pour", "avec", "dans", "suis", "mes", "une", "un", "aux", "en")
)

_SAID = {
    "accent": "Il manque un accent, ou il y en a un de trop.",
    "word": "Ce mot s’écrit autrement.",
    "sms": "Sur un CV, écris le mot en entier.",
    "loud": "Tout en majuscules, c’est dur à lire. Garde-les pour le début et les noms.",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: `text` as typed, at most three suggestions (best first), one sentence why."""

    start: int
    end: int
    text: str
    suggestions: tuple[str, ...]
    why: str
    kind: Kind


@dataclass(slots=True)
class Effort:
    """What is left to spend on reading: a hostile text is read as far as a long page goes, and no further.

    Finding what one unknown word was meant to be takes as long as reading a thousand letters.
    """

    characters: int = policy.PROOFREAD_CHARACTERS
    words: int = policy.PROOFREAD_UNKNOWN_WORDS

    def take(self, text: str) -> str:
        """As much of this text as is still read, up to the end of a word."""
        read = text if len(text) <= self.characters else text[: self.characters].rpartition(" ")[0]
        self.characters -= len(read)
        return read


def remarks(
    text: str, *, known: Collection[str] = (), deeper: bool = False, effort: Effort | None = None
) -> tuple[Remark, ...]:
    """The remarks on a text (several lines allowed), in its order, never overlapping.

    `known` holds words that are right for this person (names of places, their own words), any case. `deeper`
    also asks Grammalecte where it is installed: half a second for the whole text, so once per page. Who reads several
    texts one by one passes one `effort` for all of them.
    """
    effort = effort or Effort()
    text = effort.take(text)
    theirs = frozenset(part.lower() for word in known for part in (word, *_LETTERS.findall(word)))
    found = [
        _moved(r, line.start()) for line in _LINE.finditer(_shadow(text)) for r in _in_line(line[0], theirs, effort)
    ]
    if deeper:
        found += [
            _told(alert) for alert in grammalecte.alerts(text) if text[alert.start : alert.end].lower() not in theirs
        ]
    return tuple(replace(r, text=text[r.start : r.end]) for r in _apart(found))


def of_texts(texts: Sequence[str], *, known: Collection[str] = ()) -> tuple[tuple[str, Remark], ...]:
    """The remarks on several texts, each with its text; read in one go, so that a deeper reader starts once."""
    found: list[tuple[str, Remark]] = []
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    for remark in remarks("\n".join(texts), known=known, deeper=True):
        at = bisect_right(begins, remark.start) - 1
        found.append((texts[at], replace(remark, start=remark.start - begins[at], end=remark.end - begins[at])))
    return tuple(found)


def corrected(text: str, remark: Remark, suggestion: str) -> str:
    """The text with this suggestion in place; unchanged when the remark no longer fits the text."""
    if text[remark.start : remark.end] != remark.text:
        return text
    return text[: remark.start] + suggestion + text[remark.end :]


def remarks_as_json(found: Collection[Remark]) -> list[dict[str, Any]]:
    """Plain values of the remarks, for a command line or a page."""
    return [asdict(remark) | {"suggestions": list(remark.suggestions)} for remark in found]


def load() -> None:
    """Read every word file and rule now. Raises content.ContentMistakes for the first wrong file."""
    grammar.rules()
    for name in ("courants", "fautes", "intrus", "marques", "metiers", "sigles", "sms", "usuels"):
        (spelling.mistakes if name in ("fautes", "sms") else spelling.word_list)(name)
    sensitive.clue_file()
    address.address_words()


def _shadow(text: str) -> str:
    """The same length, with typographic apostrophes and without what is no prose (addresses, links)."""
    return _NOT_PROSE.sub(lambda m: "¤" * len(m[0]), text.replace("'", "’"))


def _in_line(line: str, theirs: frozenset[str], effort: Effort) -> Iterator[Remark]:
    """The surest first: where two remarks meet, the first one is kept."""
    if _is_loud(line):
        yield Remark(0, len(line), line, (_calmed(line),), _SAID["loud"], "capitals")
        return
    for found in grammar.found(line):
        yield Remark(found.start, found.end, "", found.proposals, found.rule.pourquoi, found.rule.genre)
    yield from _word_remarks(line, theirs, effort)


def _apart(found: list[Remark]) -> list[Remark]:
    """Ordered by place, the earlier found kept where two overlap."""
    kept: list[Remark] = []
    for remark in found:
        if all(remark.end <= other.start or other.end <= remark.start for other in kept):
            kept.append(remark)
    return sorted(kept, key=lambda remark: remark.start)


def _moved(remark: Remark, by: int) -> Remark:
    return replace(remark, start=remark.start + by, end=remark.end + by)


def _told(alert: grammalecte.Alert) -> Remark:
    kind: Kind = "spelling" if alert.spelling else "grammar"
    return Remark(alert.start, alert.end, "", alert.suggestions, alert.sentence, kind)


# --- Words


def _word_remarks(line: str, theirs: frozenset[str], effort: Effort) -> Iterator[Remark]:
    for match in _WORD.finditer(line):
        start = match.start()
        while elided := _ELIDED.match(line, start, match.end()):
            start = elided.end()
        yield from _one_word(line, start, match.end(), theirs, effort)


def _one_word(line: str, start: int, end: int, theirs: frozenset[str], effort: Effort) -> Iterator[Remark]:
    """The remark on one word, or on the parts of a compound; names and acronyms are left alone."""
    typed = line[start:end]
    word = typed.lower()
    if word in theirs or not (typed[1:].islower() or len(typed) == 1 or typed.islower()):
        return
    opens = bool(_SENTENCE_END.search(line[:start]))
    if (typed[0].isupper() and not opens) or (len(word) <= _SHORTENED and line[end : end + 2].startswith(". ")):
        return
    if word in chat_words():
        yield Remark(start, end, "", _like(typed, chat_words()[word]), _SAID["sms"], "sms")
    elif "-" in word and not spelling.is_known(word) and word not in spelling.wrong_words():
        for part in _PART.finditer(line, start, end):
            yield from _one_word(line, part.start(), part.end(), theirs, effort)
    elif effort.words > 0 and _is_wrong(word):
        effort.words -= 1
        if (typed[0].islower() or _is_no_name(line, start, end)) and (meant := spelling.suggestions(word)):
            why = _SAID["accent" if spelling.same_without_accents(word, meant[0]) else "word"]
            yield Remark(start, end, "", _like(typed, meant), why, "spelling")


def _is_wrong(word: str) -> bool:
    if word in spelling.wrong_words():
        return True
    if not word.isalpha() or not 3 <= len(word) <= _LONGEST or spelling.is_known(word):
        return False
    return len(word) > 3 or bool(spelling.accents_only(word))


def _is_no_name(line: str, start: int, end: int) -> bool:
    """A capital opens the line: still a plain word when it is a known fault, lacks accents, or is a verb."""
    word, rest = line[start:end].lower(), line[end:]
    if rest.lstrip(" \u00a0")[:1].isupper():
        return False
    if word in spelling.wrong_words() or start:
        return word in spelling.wrong_words()
    if word.endswith(("er", "ir", "re")) and _AFTER_VERB.match(rest):
        return True
    is_long = len(word) >= _LONG and _AFTER_NOUN.match(rest) is not None
    return bool(spelling.accents_only(word)) or (is_long and bool(spelling.surely_meant(word)))


def _like(typed: str, meant: Collection[str]) -> tuple[str, ...]:
    return tuple(m[0].upper() + m[1:] if typed[0].isupper() else m for m in meant if m)


def chat_words() -> dict[str, tuple[str, ...]]:
    """Words of chat and familiar words, and how to write them (data/mots/sms.yaml)."""
    return spelling.mistakes("sms")


# --- Capitals


def _is_loud(line: str) -> bool:
    """A whole sentence in capitals: three plain words and a small word, and no lower-case letter at all."""
    if any(letter.islower() for letter in line):
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", line)]
    plain = [w for w in words if len(w) >= _LOUD_LETTERS and spelling.is_known(w) and w not in acronyms()]
    return len(plain) >= _LOUD_WORDS and bool(_SMALL_WORDS.intersection(words))


def _calmed(line: str) -> str:
    """The line in lower case, its first letter, acronyms and unknown words (names) left high."""
    calm = re.sub(r"[^\W\d_]+", lambda m: m[0] if _stays_high(m[0].lower()) else m[0].lower(), line)
    first = re.search(r"[^\W\d_]", calm)
    return calm if first is None else calm[: first.start()] + first[0].upper() + calm[first.end() :]


def _stays_high(word: str) -> bool:
    return word in acronyms() or (len(word) > 1 and not spelling.is_known(word) and not spelling.accents_only(word))


def acronyms() -> frozenset[str]:
    """Words that stand in capitals on a CV (data/mots/sigles.yaml)."""
    return spelling.word_list("sigles")
