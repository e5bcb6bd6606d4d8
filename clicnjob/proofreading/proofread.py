"""Proofreads the texts of a CV: what may be wrong, why in one sentence, and what to write instead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import accumulate
from typing import Any

from clicnjob import policy
from clicnjob.proofreading import email_address, grammalecte, grammar, sensitive, spelling
from clicnjob.proofreading.grammar import Kind

_WORD = re.compile(r"(?<!\w)[^\W_]+(?:[-’][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|presqu|quoiqu)’(?=.)", re.IGNORECASE)
_NOT_PROSE = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\S+\.(?:fr|com|org|net|io|gouv)\b\S*|«[^»]*»|[@#]\w+|\w*_\w*")
_LETTERS = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"(?:^|[.!?:•–—*]\s+|^\W+)$")
_AFTER_VERB = re.compile(r"\s(?:les?|la|l’|des?|du|un|une|mes|aux?|à|en|avec|d’|son|sa|ses|\d+)\b")
_AFTER_NOUN = re.compile(r"\s(?:de|d’|des|du|dans|en|et|à|au|aux|avec|pour|sur)\b")
_OTHER_GENDER = re.compile(r"[^\W\d_][(·•]")  # « animateur(trice) », « étudiant·e »
_LONG = 7  # letters; shorter words with a capital are too often names
_SHORTENED = 4  # letters of the longest abbreviation before a dot: « cat. 3 », « niv. 2 »
_LONGEST = 25  # letters of the longest French word; checking a longer one would take long for nothing
_ROUNDS = 8  # corrections that only show once others are applied
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
    """One remark: `text` as typed, at most three suggestions (best first), and one sentence that says why."""

    start: int
    end: int
    text: str
    suggestions: tuple[str, ...]
    why: str
    kind: Kind


@dataclass(slots=True)
class Effort:
    """The remaining budget of a proofreading, so that a hostile text costs no more than a long page.

    Guessing what one unknown word was meant to be takes as long as reading a thousand letters.
    """

    characters: int = policy.PROOFREAD_CHARACTERS
    words: int = policy.PROOFREAD_UNKNOWN_WORDS

    def take_text(self, text: str) -> str:
        """Return as much of this text as the budget allows, cut at a word, and reduce the budget."""
        read = text if len(text) <= self.characters else text[: self.characters].rpartition(" ")[0]
        self.characters -= len(read)
        return read


def proofreading_remarks(
    text: str,
    *,
    known: Collection[str] = (),
    places: Collection[str] = (),
    deeper: bool = False,
    effort: Effort | None = None,
) -> tuple[Remark, ...]:
    """Return the remarks on a text of one or more lines, in order and without overlap.

    `known` holds words that are right for this person, such as names of places, in any case. A line that is one of
    `places` names a shop or a school: there, an unknown word counts as a name unless it is surely a usual word.
    `deeper` also asks Grammalecte if installed: half a second per call, so use it once per page. Pass one `effort` to
    share the budget among several texts.
    """
    effort = effort or Effort()
    text = effort.take_text(text)
    theirs = frozenset(part.lower() for word in known for part in (word, *_LETTERS.findall(word)))
    found = [
        _moved_remark(r, line.start())
        for line in _LINE.finditer(_prose_only(text))
        for r in _in_line(line[0], theirs, effort, named=text[line.start() : line.end()] in places)
    ]
    if deeper:
        found += [
            _remark_of_alert(alert)
            for alert in grammalecte.grammalecte_alerts(text)
            if text[alert.start : alert.end].lower() not in theirs
        ]
    return tuple(replace(r, text=text[r.start : r.end]) for r in _without_overlap(found))


def of_texts(
    texts: Sequence[str], *, known: Collection[str] = (), places: Collection[str] = (), deeper: bool = True
) -> tuple[tuple[str, Remark], ...]:
    """Return the remarks on several texts, each with its text. They are read in one go, so Grammalecte starts once."""
    found: list[tuple[str, Remark]] = []
    begins = [0, *accumulate(len(text) + 1 for text in texts)]
    for remark in proofreading_remarks("\n".join(texts), known=known, places=places, deeper=deeper):
        at = bisect_right(begins, remark.start) - 1
        found.append((texts[at], replace(remark, start=remark.start - begins[at], end=remark.end - begins[at])))
    return tuple(found)


def corrected_text(text: str, remark: Remark, suggestion: str) -> str:
    """Return the text with this suggestion applied, or unchanged if the remark no longer matches the text."""
    if text[remark.start : remark.end] != remark.text:
        return text
    return text[: remark.start] + suggestion + text[remark.end :]


def corrected_line(text: str, found: Collection[Remark], *, known: Collection[str] = (), named: bool = False) -> str:
    """Return the text with the first suggestion of each remark, and of those that only show once others are applied."""
    for remark in sorted(found, key=lambda each: -each.start):
        if remark.suggestions:
            text = corrected_text(text, remark, remark.suggestions[0])
    for _ in range(_ROUNDS):
        again = proofreading_remarks(text, known=known, places=(text,) if named else ())
        first = next((remark for remark in again if remark.suggestions), None)
        if first is None:
            break
        text = corrected_text(text, first, first.suggestions[0])
    return text


def remarks_as_json(found: Collection[Remark]) -> list[dict[str, Any]]:
    """Return the remarks as plain values, for the command line or a page."""
    return [asdict(remark) | {"suggestions": list(remark.suggestions)} for remark in found]


def load_word_files() -> None:
    """Load every word file and rule now. Raises content.ContentMistakes for the first wrong file."""
    grammar.grammar_rules()
    for name in ("courants", "fautes", "intrus", "marques", "metiers", "sigles", "sms", "titres-flous", "usuels"):
        (spelling.known_mistakes if name in ("fautes", "sms") else spelling.word_list)(name)
    sensitive.clue_file()
    email_address.address_words()


def _prose_only(text: str) -> str:
    """Return a text of the same length with typographic apostrophes, and with addresses and links masked."""
    return _NOT_PROSE.sub(lambda m: "¤" * len(m[0]), text.replace("'", "’"))


def _in_line(line: str, theirs: frozenset[str], effort: Effort, *, named: bool) -> Iterator[Remark]:
    """Yield the remarks on a line, the surest first: where two overlap, the first one is kept."""
    if _is_loud(line):
        yield Remark(0, len(line), line, (_calmed_line(line),), _SAID["loud"], "capitals")
        return
    for found in grammar.grammar_findings(line):
        yield Remark(found.start, found.end, "", found.proposals, found.rule.pourquoi, found.rule.genre)
    yield from _word_remarks(line, theirs, effort, named=named)


def _without_overlap(found: list[Remark]) -> list[Remark]:
    """Sort the remarks by position; where two overlap, keep the one found first."""
    kept: list[Remark] = []
    for remark in found:
        if all(remark.end <= other.start or other.end <= remark.start for other in kept):
            kept.append(remark)
    return sorted(kept, key=lambda remark: remark.start)


def _moved_remark(remark: Remark, by: int) -> Remark:
    return replace(remark, start=remark.start + by, end=remark.end + by)


def _remark_of_alert(alert: grammalecte.GrammalecteAlert) -> Remark:
    return Remark(alert.start, alert.end, "", alert.suggestions, alert.sentence, "grammar")


# --- Words


def _word_remarks(line: str, theirs: frozenset[str], effort: Effort, *, named: bool) -> Iterator[Remark]:
    for match in _WORD.finditer(line):
        start = match.start()
        while elided := _ELIDED.match(line, start, match.end()):
            start = elided.end()
        if not named or _is_usual_fault(line[start : match.end()].lower()):
            yield from _one_word(line, start, match.end(), theirs, effort)


def _one_word(line: str, start: int, end: int, theirs: frozenset[str], effort: Effort) -> Iterator[Remark]:
    """Yield the remarks on one word, or on the parts of a compound. Names and acronyms are skipped."""
    typed = line[start:end]
    word = typed.lower()
    if _OTHER_GENDER.fullmatch(line[max(0, start - 2) : start]):
        return
    if word in theirs or not (typed[1:].islower() or len(typed) == 1 or typed.islower()):
        return
    opens = bool(_SENTENCE_END.search(line[:start]))
    if (typed[0].isupper() and not opens) or (len(word) <= _SHORTENED and line[end : end + 2].startswith(". ")):
        return
    if word in chat_words():
        yield Remark(start, end, "", _cased_like(typed, chat_words()[word]), _SAID["sms"], "sms")
    elif "-" in word and not spelling.is_known(word) and word not in spelling.wrong_words():
        for part in _PART.finditer(line, start, end):
            yield from _one_word(line, part.start(), part.end(), theirs, effort)
    elif effort.words > 0 and _is_wrong(word):
        effort.words -= 1
        if (typed[0].islower() or _is_no_name(line, start, end)) and (meant := spelling.spelling_suggestions(word)):
            why = _SAID["accent" if spelling.same_without_accents(word, meant[0]) else "word"]
            yield Remark(start, end, "", _cased_like(typed, meant), why, "spelling")


def _is_usual_fault(word: str) -> bool:
    """Tell whether a word in a name is surely a usual word, mistyped: « lycee », « boulangeri », not « momo »."""
    return word in spelling.wrong_words() or bool(spelling.accents_only(word) or spelling.surely_meant(word))


def _is_wrong(word: str) -> bool:
    if word in spelling.wrong_words():
        return True
    if not word.isalpha() or not 3 <= len(word) <= _LONGEST or spelling.is_known(word):
        return False
    return len(word) > 3 or bool(spelling.accents_only(word))


def _is_no_name(line: str, start: int, end: int) -> bool:
    """Tell whether a capitalised word is not a name: a known mistake, a word that lacks accents, or a verb."""
    word, rest = line[start:end].lower(), line[end:]
    if rest.lstrip(" \u00a0")[:1].isupper():
        return False
    if word in spelling.wrong_words() or start:
        return word in spelling.wrong_words()
    if word.endswith(("er", "ir", "re")) and _AFTER_VERB.match(rest):
        return True
    is_long = len(word) >= _LONG and _AFTER_NOUN.match(rest) is not None
    return bool(spelling.accents_only(word)) or (is_long and bool(spelling.surely_meant(word)))


def _cased_like(typed: str, meant: Collection[str]) -> tuple[str, ...]:
    return tuple(m[0].upper() + m[1:] if typed[0].isupper() else m for m in meant if m)


def chat_words() -> dict[str, tuple[str, ...]]:
    """Return chat and slang words with their proper spelling (data/mots/sms.yaml)."""
    return spelling.known_mistakes("sms")


# --- Capitals


def _is_loud(line: str) -> bool:
    """Tell whether a line is a sentence in capitals: three known words, a function word, and no lower-case letter."""
    if any(letter.islower() for letter in line):
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", line)]
    plain = [w for w in words if len(w) >= _LOUD_LETTERS and spelling.is_known(w) and w not in known_acronyms()]
    return len(plain) >= _LOUD_WORDS and bool(_SMALL_WORDS.intersection(words))


def _calmed_line(line: str) -> str:
    """Return the line in lower case, except its first letter, acronyms and unknown words, which may be names."""
    calm = re.sub(r"[^\W\d_]+", lambda m: m[0] if _stays_high(m[0].lower()) else m[0].lower(), line)
    first = re.search(r"[^\W\d_]", calm)
    return calm if first is None else calm[: first.start()] + first[0].upper() + calm[first.end() :]


def _stays_high(word: str) -> bool:
    return word in known_acronyms() or (
        len(word) > 1 and not spelling.is_known(word) and not spelling.accents_only(word)
    )


def known_acronyms() -> frozenset[str]:
    """Return the words that stay in capitals on a CV (data/mots/sigles.yaml)."""
    return spelling.word_list("sigles")
