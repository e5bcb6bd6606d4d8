"""The final check of a page, before it leaves: what is not printed and why, and what an employer would stumble over.

A remark is settled by its gesture, or by the person, who says that it is right as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from clicnjob import policy, text
from clicnjob.cv.document import compose
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.pdf import RenderedPage
from clicnjob.cv.document.printable import printable_document
from clicnjob.cv.model import advice, rereading
from clicnjob.cv.model.advice import Advice
from clicnjob.cv.model.profile import SECTION_KEYS, Cv, Profile
from clicnjob.cv.model.rereading import TextRemark
from clicnjob.cv.model.spots import TextSpot, text_spots

_BY_QUESTION = ("orthographe", "orthographe_un")  # the check counts all words together
_NEVER_SETTLED = frozenset(("non_imprime", "photo_absente", "trop_long", "caracteres", "cache", "nom"))
_WORD = re.compile(r"[a-z0-9]{3,}")
_SAME_WORD = 4  # letters; the page may agree a word with others (« déplacements »)
_PRINTED = 0.5  # share of its words from which a text counts as printed: the page may join it with others


def final_check(
    profile: Profile, cv: Cv, document: Document, page: RenderedPage, remarks: Collection[TextRemark], *, today: date
) -> tuple[Advice, ...]:
    """Return what is to be settled before this page leaves, most important first. Empty: it may leave.

    `remarks` are those of `rereading.cv_remarks` on the same texts.
    """
    open_remarks = unsettled_remarks(cv, remarks)
    told = advice.cv_advice(profile, cv, fill=page.fill, uncovered=page.dropped, remarks=(), today=today)
    found = [
        *(one for one in told if one.to_check),
        *_unprinted_items(profile, cv, document),
        *_absent_photo(cv, document),
        *_words_to_reread(profile, cv, open_remarks),
    ]
    named = {one.item for one in found if one.key == "experience_sans_nom"}
    found = [one for one in found if not (one.key == "non_imprime" and one.item in named)]
    left = (one for one in found if remark_key(one) not in cv.settled)
    return tuple(sorted(left, key=lambda one: one.importance))


def checks_of_answers(profile: Profile, cv: Cv, *, today: date) -> tuple[Advice, ...]:
    """Return those of the final check that the answers alone tell, for a page that says before a sending what is missing.

    It lays nothing out and rereads nothing, so it costs little; « Ma page » tells all.
    """
    told = advice.cv_advice(profile, cv, remarks=(), today=today)
    return tuple(one for one in told if one.to_check and remark_key(one) not in cv.settled)


def hidden_items(profile: Profile, cv: Cv) -> tuple[Advice, ...]:
    """Return what the person has hidden on this page, so that nothing is absent without being told."""
    rows = [row for key in SECTION_KEYS for row in compose.section_items(profile, key, cv)]
    return tuple(
        advice.advice_of("cache", item=item_id, text=label) for item_id, label in rows if item_id in cv.hidden and label
    )


def may_be_settled(one: Advice) -> bool:
    """Tell whether the person may say that it is right as it is, which is never so for what does not print."""
    return one.key not in _NEVER_SETTLED and one.key != "orthographe_page"


def settle_remark(cv: Cv, key: str) -> None:
    """Note in place that the person finds a remark wrong; the oldest note goes when there are too many."""
    cv.settled = [*(each for each in cv.settled if each != key), key][-policy.SETTLED_AT_MOST :]


def remark_key(one: Advice) -> str:
    """Return a short key of what was remarked and about which text: it no longer fits once the text changes."""
    return rereading.settled_key(one.key, one.item, one.text)


def unsettled_remarks(cv: Cv, remarks: Collection[TextRemark]) -> tuple[TextRemark, ...]:
    """Return the remarks on spelling without those on texts that the person keeps as they are."""
    return tuple(one for one in remarks if rereading.line_key(one[0]) not in cv.settled)


def _words_to_reread(profile: Profile, cv: Cv, remarks: Collection[TextRemark]) -> Iterator[Advice]:
    lines = rereading.proposed_corrections(profile, cv, remarks)
    if lines:
        counted = "Une ligne" if len(lines) == 1 else f"{len(lines)} lignes"
        yield advice.advice_of("orthographe_page", nombre=counted)


def _absent_photo(cv: Cv, document: Document) -> Iterator[Advice]:
    if cv.with_photo and document.photo is None:
        yield advice.advice_of("photo_absente")


def _unprinted_items(profile: Profile, cv: Cv, document: Document) -> Iterator[Advice]:
    """Yield the items and texts that were answered, are not hidden, and are still not on the page: one an item."""
    shown, _ = printable_document(document)
    printed = text.fold_text(" ".join(shown.all_texts()))
    stems = {word[:_SAME_WORD] for word in _WORD.findall(printed)}
    digits = re.sub(r"\D", "", printed)
    absent = [spot for spot in text_spots(profile, cv) if not _is_printed(spot, printed, stems, digits)]
    present = {spot.item for spot in text_spots(profile, cv) if spot not in absent}
    told: set[str] = set()
    for spot in absent:
        replaced = (
            spot.item and spot.item in present and not spot.step.startswith(("experience_", "etude_"))
        )  # « Football » by its detail
        if not replaced and not (spot.item and spot.item in told):
            told.add(spot.item)
            yield advice.advice_of("non_imprime", step=spot.step, item=spot.item, text=spot.name or spot.text)


def _is_printed(spot: TextSpot, printed: str, stems: Collection[str], digits: str) -> bool:
    """Tell whether the words of a text stand on the page, even joined with others or in another form."""
    if spot.step == "telephone":
        return re.sub(r"\D", "", spot.text)[-9:] in digits
    folded = text.fold_text(spot.text).strip()
    words = _WORD.findall(folded)
    found = sum(word[:_SAME_WORD] in stems for word in words)
    return folded in printed or (bool(words) and found >= _PRINTED * len(words))
