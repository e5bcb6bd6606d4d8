"""Understands the words of a wish: expands short spellings, marks negations and empty words, repairs word breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clicnjob.jobs.folding import SMALL_WORDS, folded_words, masculine_singular, singular_form
from clicnjob.jobs.index import DENIALS, NOT, TURNS, Index
from clicnjob.jobs.query import Query, TypedWord
from clicnjob.jobs.refusals import Key

_ELIDED, _AFTER_ELIDED = "ldjm", "aeiouyh"
_SHORTEST_ELIDED = 4  # letters after the elision; « lart » is left alone
_LONGEST_EMPTY = 5  # words of the longest empty phrase
_LONGEST_SHORT = 3  # words that a short spelling may have
# The « pas » of « je sais pas, peut-être maçon » or « ça me dérange pas de nettoyer » does not negate what follows.
_UNDENYING = (
    "sais",
    "sait",
    "derange",
    "deranges",
    "derangerait",
    "gene",
    "generait",
    "ennuie",
    "embete",
    "soucis",
    "probleme",
)
_KNOWING, _NAMES = ("sais", "sait"), ("ier", "aire", "ger", "cher", "oire")  # names of jobs that look like acts
_UNDENIED = (
    "peur",
    "mal",
    "grave",
    "honte",
    "seulement",
    "que",
    "forcement",
)  # « pas peur du sang », « pas que vendeur »
_INFINITIVE = ("er", "ir", "re")
# After its object in the same clause, one of these denies it: « la vente bof », « coiffure non », « la caisse ça me saoule ».
_DENIED_AFTER = frozenset(
    ("bof", "saoule", "saoulent", "soule", "gave", "gavent", "degoute", "degoutent", "gonfle", "fini")
)
_REFUSED = (
    "non"  # denies at the end of a clause or before one of _AFTER_REFUSED: « conduire non », « la caisse non merci »
)
_AFTER_REFUSED = frozenset(("merci", "j", "je", "ca", "mais", "par", "ai"))
_SHORT_CLAUSE = 3  # words before a last « jamais » that denies them: « la plomberie jamais »
_LEAST_BESIDE = 2  # other words from which a word of time only tells when
_TIMES = frozenset(
    (
        "week",
        "end",
        "weekend",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "midi",
        "h",
        "journee",
    )
)
_CAUSES = frozenset(
    ("accident", "cause", "parce")
)  # what follows in the clause tells why: « depuis mon accident de moto »
_SHORTEST_TALE = 4  # content words of the shortest wish that may hold a tale
_WISHING = frozenset(
    ("veux", "voudrais", "voudrai", "aimerais", "aimerai", "reve", "devenir", "plait", "adore", "kiffe", "prefere",
     "verrais", "vise", "souhaite", "souhaiterais", "kif", "passionne")
)  # fmt: skip
_MOST_WORDS = 24  # words read in one wish; more would only blur the result


@dataclass(frozen=True)
class Word:
    """One word of a wish: as typed, as read, whether it is negated, and whether it is empty (« je veux »).

    `aside`: it belongs to the tale around what is wished (« mon père est maçon, moi je veux soigner »).
    """

    typed: str
    folded: str
    denied: bool = False
    empty: bool = False
    aside: bool = False

    @property
    def key(self) -> str:
        """The word in the form of the index."""
        return NOT + self.folded if self.denied else self.folded


@dataclass(frozen=True, slots=True)
class Wish:
    """A query with what an index knows of it.

    `words` are the content words, at most `_MOST_WORDS`. `forms` are keys of the whole wish, singular and with function
    words: as typed (always first), with short spellings expanded, and undisguised, each also without repeated words.
    """

    query: Query
    words: tuple[Word, ...]
    forms: tuple[Key, ...]

    @property
    def as_typed(self) -> Key:
        """The key of the whole wish as typed."""
        return self.forms[0]


def read_wish(query: Query, index: Index) -> Wish:
    """Understand the words of a query with the help of an index."""
    found: list[Word] = []
    clauses = [_with_empty(list(_spelled_out(clause, index)), index) for clause in query.clauses]
    for number, marked in enumerate(_with_tale_aside(clauses, index), 1):
        found += list(_meant_words(marked, is_last=number == len(clauses))) or marked
    words = list(_without_times(list(_joined_words(list(_parted_words(found, index)), index))))[:_MOST_WORDS]
    return Wish(query, tuple(words), tuple(_wish_forms(query, index)))


def _with_tale_aside(clauses: list[list[Word]], index: Index) -> list[list[Word]]:
    """Mark what a long wish tells before it says what is wished; nothing, if no known word follows."""
    told = [word for clause in clauses for word in clause if not word.empty and word.folded not in SMALL_WORDS]
    wished = next((place for place, word in enumerate(_all_words(clauses)) if _is_wishing(place, clauses)), 0)
    after = [word for word in _all_words(clauses)[wished:] if not word.empty and word.folded not in SMALL_WORDS]
    if len(told) < _SHORTEST_TALE or not any(word.folded in index.postings for word in after):
        wished = 0
    marked, place = [], 0
    for clause in clauses:
        cause = _cause_of_clause(clause)
        marked.append(
            [replace(word, aside=place + number < wished or number in cause) for number, word in enumerate(clause)]
        )
        place += len(clause)
    return marked


def _cause_of_clause(clause: list[Word]) -> range:
    """Return the places where a clause tells why or when, up to a turn: « parce que je suis lent », « pendant que »."""
    for place, word in enumerate(clause):
        after = clause[place + 1].folded if place + 1 < len(clause) else ""
        if word.folded in _CAUSES or word.folded == "pendant" and after == "que":
            turns = (end for end in range(place, len(clause)) if clause[end].folded in TURNS)
            return range(place, next(turns, len(clause)))
    return range(0)


def _all_words(clauses: list[list[Word]]) -> list[Word]:
    return [word for clause in clauses for word in clause]


def _is_wishing(place: int, clauses: list[list[Word]]) -> bool:
    """Tell whether what is wished begins at a place: « je veux », not « je veux pas » nor « j’ai adoré »."""
    words = _all_words(clauses)
    after = words[place + 1].folded if place + 1 < len(words) else ""
    return words[place].folded in _WISHING and not words[place].typed.lower().endswith("é") and after not in DENIALS


def _without_times(found: list[Word]) -> Iterator[Word]:
    """Mark the words of time as empty when enough else is told: « le week-end je suis au foot, donc peintre »."""
    beside = sum(not (word.empty or word.folded in _TIMES) for word in found)
    for word in found:
        yield replace(word, empty=True) if beside >= _LEAST_BESIDE and word.folded in _TIMES else word


def _wish_forms(query: Query, index: Index) -> Iterator[Key]:
    typed = [word.folded for word in query.words]
    expanded = [word.folded for word in _spelled_out(query.words, index)]
    for form in (typed, expanded, query.undisguised):
        key = tuple(map(singular_form, form))
        yield from dict.fromkeys((key, tuple(dict.fromkeys(key))))


def _spelled_out(typed_words: Sequence[TypedWord], index: Index) -> Iterator[Word]:
    """Expand short spellings, the longest first: « jv » → « jeux vidéo »."""
    short = index.catalogue.lexicon.short
    found = [Word(word.typed, word.folded) for word in typed_words]
    place = 0
    while place < len(found):
        for length in range(min(_LONGEST_SHORT, len(found) - place), 0, -1):
            typed = found[place : place + length]
            said = short.get(" ".join(word.folded for word in typed))
            if said is not None and not (length == 1 and _is_right(typed[0], index)):
                shown = " ".join(dict.fromkeys(word.typed for word in typed))
                yield from (Word(shown, folded) for folded in folded_words(said))
                break
        else:
            length = 1
            yield _without_article(found[place], index)
        place += length


def _is_right(word: Word, index: Index) -> bool:
    """Tell whether a word is not a short spelling: it is a job word, or a correct « me », unlike « mé » (mais)."""
    return (word.folded,) in index.exact or word.folded in SMALL_WORDS and word.typed.lower() == word.folded


def _without_article(word: Word, index: Index) -> Word:
    """Split off an article or « je » written without a break: « lécole », « largent », « jaide », « jgarde »."""
    first, inside = word.folded[0], word.folded[1:]
    if first not in _ELIDED or len(inside) < _SHORTEST_ELIDED or (first != "j" and inside[0] not in _AFTER_ELIDED):
        return word
    if _is_known(word.folded, index) or not _is_known(inside, index):
        return word
    return replace(word, folded=inside)


def _is_known(word: str, index: Index) -> bool:
    refused = index.refusals
    named = word in index.postings or masculine_singular(word) in index.by_base
    return named or singular_form(word) in refused.vocabulary or singular_form(word) in refused.off_words


def _with_empty(found: list[Word], index: Index) -> list[Word]:
    marked = [replace(word, empty=word.folded in index.empty_words) for word in found]
    for length in range(_LONGEST_EMPTY, 0, -1):
        for place in range(len(marked) - length + 1):
            part = marked[place : place + length]
            if _says_nothing(part, index):
                marked[place : place + length] = [replace(word, empty=True) for word in part]
    return marked


def _says_nothing(part: list[Word], index: Index) -> bool:
    """Tell whether a phrase is empty: « un métier où », also « je sais pas » or « bien payé » when more is said."""
    refused = index.refusals.whole.get(tuple(singular_form(word.folded) for word in part))
    if refused and (refused.sorte == "juron" or len(part) > 1 and refused.sorte in ("vague", "bruit")):
        return True
    return tuple(word.folded for word in part) in index.empty_phrases


def _meant_words(found: list[Word], *, is_last: bool) -> Iterator[Word]:
    denial = ""  # « pas », as typed, while it holds
    since = 0  # words denied since the last « pas »
    before = ""
    end_of_denied = _end_of_denied(found, is_last=is_last)
    for place, word in enumerate(found):
        if since > 1 and before not in SMALL_WORDS and word.folded.endswith(_INFINITIVE):
            denial = ""  # « pas parler au téléphone classer des papiers » wants the second act
        if word.folded in DENIALS:
            after = found[place + 1].folded if place + 1 < len(found) else ""
            acts = after.endswith(_INFINITIVE) and not after.endswith(_NAMES)
            unable = before in _KNOWING and acts  # « je sais pas coudre », not « je sais pas, pompier »
            denial = denial or (word.typed if unable or before not in _UNDENYING else "")
            since = 0
        elif before in DENIALS and word.folded in _UNDENIED or word.folded in TURNS:
            denial = ""
        elif word.folded not in SMALL_WORDS:
            yield _denied_word(word, denial) if denial or place < end_of_denied else word
            since = since + 1 if denial else 0
        before = word.folded


def _end_of_denied(found: list[Word], *, is_last: bool) -> int:
    """Return the place of the word that denies what stands before it in its clause, or 0. A last « non » asks back."""
    for place, word in enumerate(found):
        after = found[place + 1].folded if place + 1 < len(found) else ""
        if (
            word.folded in _DENIED_AFTER
            or (word.folded == "jamais" and not after and place <= _SHORT_CLAUSE)
            or word.folded == _REFUSED
            and (after in _AFTER_REFUSED or not (after or is_last))
        ):
            return place
    return 0


def _denied_word(word: Word, denial: str) -> Word:
    """Mark a word as negated; as a reason it is shown with its « pas »."""
    return replace(word, typed=f"{denial} {word.typed}".strip(), denied=True)


def _parted_words(found: list[Word], index: Index) -> Iterator[Word]:
    """Split words written as one: « aidesoignante » → « aide », « soignante »."""
    for word in found:
        known = word.key in index.postings or masculine_singular(word.folded) in index.by_base
        if len(word.folded) < 6 or word.denied or known or singular_form(word.folded) in index.refusals.off_words:
            yield word
            continue
        parts = (
            index.joined.get(word.folded)
            or index.joined.get(masculine_singular(word.folded))
            or _two_words(word.folded, index)
        )
        yield from (replace(word, folded=part) for part in parts or (word.folded,))


def _two_words(word: str, index: Index) -> tuple[str, ...]:
    for cut in range(4, len(word) - 3):
        left, right = word[:cut], word[cut:]
        if all(part in index.postings or masculine_singular(part) in index.by_base for part in (left, right)):
            return (left, right)
    return ()


def _joined_words(found: list[Word], index: Index) -> Iterator[Word]:
    """Join words written as two: « para chutiste » → « parachutiste »."""
    place = 0
    while place < len(found):
        word = found[place]
        after = found[place + 1] if place + 1 < len(found) else None
        if after and not word.empty and _one_word(word.folded, after.folded, index):
            yield replace(word, typed=f"{word.typed} {after.typed}", folded=word.folded + after.folded)
            place += 2
        else:
            yield word
            place += 1


def _one_word(left: str, right: str, index: Index) -> bool:
    whole = left + right
    if len(whole) < 6 or not (whole in index.postings or masculine_singular(whole) in index.by_base):
        return False
    return left not in index.postings or right not in index.postings
