"""Decides which wishes get no job: insults, noise, what cannot be offered, and wishes too vague to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clicnjob.jobs.catalogue import Refused, RefusedPhrase
from clicnjob.jobs.folding import SMALL_WORDS, masculine_singular, singular_form, sound_key
from clicnjob.jobs.index import Index
from clicnjob.jobs.likeness import is_off_topic, word_likenesses
from clicnjob.jobs.noise import says_no_word
from clicnjob.jobs.reading import Wish, Word
from clicnjob.jobs.refusals import Key, as_said, without_small_words

_EXACT = 0.95  # below this, the match was a guess, and a mistyped insult is more likely
_SURE = 0.88  # above this, a wish that only resembles a refused one is answered
_MEANT = 0.88  # degree of likeness above which a word was surely meant
_SHORTEST_HEARD = 5  # letters of the shortest insult recognised by sound
_SHORTEST_RUN_ON = 5  # sounds of the shortest refused phrase recognised by sound alone
_SOUNDS_A_SLIP = 8  # one different sound is allowed per so many sounds
_SHORTEST_JOINED = 6  # letters of the shortest refused phrase recognised when written as one word
_LETTERS_A_SLIP = 7  # one typo is allowed per so many letters of a refused phrase
_GRAVEST: tuple[Refused, ...] = ("insulte", "sensible", "juron", "sante", "bruit", "vague")
_ALWAYS = ("insulte",)
_UNLESS = {"sensible": _SURE, "juron": 0.5}  # best score from which a wish is answered in spite of such a word
_GRAVE = (*_ALWAYS, "sensible")
_LONGEST = 6  # words of the longest refused phrase searched inside a wish
_LONGEST_OFF = 4  # words of the longest off-topic phrase
SAID = 1.0  # score of a phrase written word for word
NOISE = "Écris un métier, un lieu ou ce que tu aimes faire, avec tes mots."

# With these words a wish is about other people: « aider les drogués », « arrêter les dealers ».
_FOR_OTHERS = frozenset(
    ("aider", "arreter", "attraper", "lutter", "combattre", "soigner", "proteger", "empecher", "enqueter", "accompagner",
     "sauver", "eduquer", "ecouter", "contre", "eviter", "prevention", "brigade", "interpeller", "surveiller", "defendre",
     "victime", "juger", "soutenir", "reperer")
)  # fmt: skip
_BEFORE_A_PLACE = frozenset(("a", "dans", "de", "sur", "par", "pour"))
_ASKING = frozenset(
    ("quel", "quelle", "que", "qu", "qui", "pourquoi", "comment", "ou", "es", "est", "as", "peux", "puis", "pourrais",
     "sais", "d")
)  # fmt: skip
_OF_THE_OTHER = frozenset(("tu", "toi", "ton", "ta", "te", "tes"))
_OF_ONESELF = frozenset(("moi", "me", "m", "je", "j", "ma", "mon"))
_WISHING = frozenset(
    ("metier", "travail", "job", "boulot", "taf", "emploi", "devenir", "bosser", "travailler", "apprendre", "cherche",
     "recherche", "voudrais", "aimerais")
)  # fmt: skip


@dataclass(frozen=True)
class WishRefusal:
    """Why a wish gets no job, and the sentence that the person reads instead."""

    kind: Refused
    sentence: str


def refusal_of_wish(wish: Wish, index: Index, best: float) -> WishRefusal | None:
    """Return the refusal of a wish, or None. `best` is the score of the best job found for it."""
    if wish.query.is_one_sign:
        return WishRefusal("bruit", NOISE)
    meant = tuple(singular_form(word.folded) for word in wish.words if not (word.empty or word.denied))
    for form in wish.forms:
        if one := index.refusals.whole.get(form) or (
            best < _SURE and index.refusals.bare.get(without_small_words(form))
        ):
            return _unanswerable_of(one)
    if best < _SURE and (one := index.refusals.whole.get(meant)):  # « je veux trop dormir » means « dormir »
        return _unanswerable_of(one)
    if best < SAID and (one := _gravest_refusal(wish.forms, index, best)):
        return _unanswerable_of(one)
    if any(_asks_back(form, index) for form in wish.forms):
        return WishRefusal("bruit", NOISE)
    if best >= SAID:
        return None
    return _off_subject(wish, index, best)


def _off_subject(wish: Wish, index: Index, best: float) -> WishRefusal | None:
    """Return why a wish without exact match is refused: noise, off topic, or a mistyped refused phrase."""
    if not wish.words:
        return WishRefusal("vague" if wish.as_typed else "bruit", NOISE)
    if wish.query.is_address or says_no_word(word.folded for word in wish.words):
        return WishRefusal("bruit", NOISE)
    one = _off_whole(wish.forms, index) or _beginning_refusal(wish.forms, index) or _off_topic(wish.words, index)
    if one := one or _mistyped_refusal(wish, index, best):
        return _unanswerable_of(one)
    if all(word.empty or word.folded in SMALL_WORDS for word in wish.words) and best < _SURE:
        return WishRefusal("vague", NOISE)
    return None


def _unanswerable_of(one: RefusedPhrase) -> WishRefusal:
    return WishRefusal(one.sorte, one.phrase)


def _gravest_refusal(forms: Sequence[Key], index: Index, best: float) -> RefusedPhrase | None:
    """Return the gravest phrase that is refused wherever it stands in a wish, or None."""
    found = [one for form in forms for one in _refusals_inside(form, index)]
    gravest = min(found, key=lambda one: _GRAVEST.index(one.sorte), default=None)
    kept = gravest and (gravest.sorte in _ALWAYS or best < _UNLESS.get(gravest.sorte, 0.0))
    return gravest if kept else None


def _refusals_inside(written: Key, index: Index) -> Iterator[RefusedPhrase]:
    for_others = bool(_FOR_OTHERS.intersection(written)) and not {"moi", "me", "m"}.intersection(written)
    for start in range(len(written)):
        for end in range(start + 1, min(start + _LONGEST, len(written)) + 1):
            part = written[start:end]
            if part[0] == "la" and start and written[start - 1] in _BEFORE_A_PLACE:
                continue  # « à la ferme »
            one = index.refusals.whole.get(part) or _insult_by_sound(part, index)
            of_others = for_others and one and one.sorte != "insulte" and not _OF_ONESELF.intersection(part)
            if one and not of_others:
                yield one


def _insult_by_sound(part: Key, index: Index) -> RefusedPhrase | None:
    """Recognise an insult by sound (« conard »), unless all its words are right."""
    known = all(word in index.postings or word in index.empty_words for word in part)  # « je connais »
    if len("".join(part)) < _SHORTEST_HEARD or known:
        return None
    one = index.refusals.sounds.get(" ".join(map(sound_key, part))) or _joined_refusal(part, index)
    return one if one and one.sorte == "insulte" else None


def _joined_refusal(part: Key, index: Index) -> RefusedPhrase | None:
    """Recognise a refused phrase written as one word: « niquetamere », « jesaispas »."""
    whole = "".join(part)
    return index.refusals.joined.get(singular_form(whole)) if len(whole) >= _SHORTEST_JOINED else None


def _off_whole(forms: Sequence[Key], index: Index) -> RefusedPhrase | None:
    return next((one for form in forms if (one := index.refusals.off_whole.get(form))), None)


def _beginning_refusal(forms: Sequence[Key], index: Index) -> RefusedPhrase | None:
    """Return a phrase refused whatever follows, or None. Unless it is grave, a job named after it takes precedence."""
    for form in forms:
        for length in range(len(form), 0, -1):
            one = index.refusals.beginnings.get(as_said(form[:length]))
            if one and (one.sorte in _GRAVE or not _names_a_job(form[length:], one.sorte, index)):
                return one
    return None


def _names_a_job(after: Key, kind: Refused, index: Index) -> bool:
    """Tell whether a job is named. « n’importe quel travail » names none, so a vague wish stays vague."""
    return any(masculine_singular(word) in index.named or word in _WISHING and kind != "vague" for word in after)


def _asks_back(form: Key, index: Index) -> bool:
    """Tell whether the person talks to the machine (« où habites-tu ? »), unlike « comment tu deviens pompier »."""
    if not form or form[0] not in _ASKING or not _OF_THE_OTHER.intersection(form) or _WISHING.intersection(form):
        return False
    return form[0] != "comment" or not any(masculine_singular(word) in index.named for word in form)


def _off_topic(found: Sequence[Word], index: Index) -> RefusedPhrase | None:
    """Return the gravest off-topic phrase if at least half of the wish is off topic and the rest only guessed."""
    if any(word.denied and word.folded in index.postings and not word.empty for word in found):
        return None  # « pas les vieux » speaks of work
    beside: list[RefusedPhrase] = []
    others: list[Word] = []
    place = 0
    while place < len(found):
        length, one = _off_phrase(found[place:], index)
        if one:
            beside += [one] * length
        elif not found[place].empty:
            others.append(found[place])
        place += length
    if not beside or len(beside) < len(others) or any(_is_meant(word, index) for word in others):
        return None
    return min(beside, key=lambda one: _GRAVEST.index(one.sorte))


def _off_phrase(found: Sequence[Word], index: Index) -> tuple[int, RefusedPhrase | None]:
    """Return the length in words of the longest off-topic phrase at the start, and the phrase or None."""
    if found[0].denied:  # a negation (« pas relou ») says what is wanted
        return 1, None
    for length in range(min(_LONGEST_OFF, len(found)), 0, -1):
        key = tuple(singular_form(word.folded) for word in found[:length])
        chat = index.refusals.chat.get(key)
        one = chat or index.refusals.off_topic.get(key)
        if one and (chat or length > 1 or is_off_topic(found[0], index)):
            return length, one
    return 1, None


def _is_meant(word: Word, index: Index) -> bool:
    return any(likeness.degree >= _MEANT for likeness in word_likenesses(word, index))


def _mistyped_refusal(wish: Wish, index: Index, best: float) -> RefusedPhrase | None:
    """Return a refused phrase that sounds the same, is written as one word, or differs by some typos."""
    if all(word.key in index.postings for word in wish.words):  # « agent » is a job word, not a typo of « argent »
        return None
    every = dict.fromkeys((*wish.forms, *map(without_small_words, wish.forms)))
    one = next((near for form in every if (near := _joined_refusal(form, index) or _alike_refusal(form, index))), None)
    return one if one and best < (_EXACT if one.sorte == "insulte" else _SURE) else None


def _alike_refusal(written: Key, index: Index) -> RefusedPhrase | None:
    if one := index.refusals.sounds.get(" ".join(map(sound_key, written))) or _said_alike(written, index):
        return one
    joined = " ".join(written)
    if len(joined) < 5:
        return None
    slips = max(1, len(joined) // _LETTERS_A_SLIP)
    near = process.extractOne(joined, index.refusals.texts, scorer=OSA.distance, score_cutoff=slips)
    return index.refusals.whole[tuple(near[0].split())] if near else None


def _said_alike(written: Key, index: Index) -> RefusedPhrase | None:
    """Compare by sound, wherever the words are cut: « chai pa », « koifer », « fer m la »."""
    said = "".join(map(sound_key, written))
    if len(said) < _SHORTEST_RUN_ON:
        return index.refusals.run_on.get(said) if len(written) > 1 else None
    slips = len(said) // _SOUNDS_A_SLIP
    near = process.extractOne(said, index.refusals.run_on.keys(), scorer=OSA.distance, score_cutoff=slips)
    return index.refusals.run_on[near[0]] if near else None
