"""Makes the PDF and the Word file of a letter when they are fetched; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import cache

from sqlmodel import Session

from clicnjob import typeset
from clicnjob.apply import applications, letters, writing
from clicnjob.apply.applications import Application
from clicnjob.apply.letter_words import letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import LetterPage, Sender
from clicnjob.cv.document import word_template
from clicnjob.cv.model import bag
from clicnjob.errors import NotFound
from clicnjob.generated_file import PDF, GeneratedFile
from clicnjob.models import Actor
from clicnjob.paths import TEMPLATES
from clicnjob.sending.sender import sender_of

_SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0)  # points, tried in turn until the letter fits on one page


def letter_output(session: Session, *, of: Actor, kind: str, letter_id: str, cv_id: str, today: date) -> GeneratedFile:
    """Return one file of the person's own letter, which tells one of their CVs.

    Raises NotFound for an unknown kind, or for a letter or a CV that is not theirs.
    """
    letter, sender, about = letter_facts(session, of=of, letter_id=letter_id, cv_id=cv_id)
    made = KINDS.get(kind)
    if made is None:
        raise NotFound
    return made(writing.composed_letter(letter, sender, today=today, about=about), sender)


def letter_facts(
    session: Session, *, of: Actor, letter_id: str, cv_id: str
) -> tuple[Letter, Sender, Application | None]:
    """Return a letter, who writes it, and the application that it is about, if any. Raises NotFound."""
    kept = bag.own_bag(session, of=of)
    if kept is None:
        raise NotFound
    letter = letters.own_letters(session, of=of).letter_with_id(letter_id)
    listed = applications.own_applications(session, of=of).applications
    about = next((one for one in listed if one.id == letter.application_id), None)
    return letter, sender_of(kept, kept.cv_card(cv_id)), about


def joins_cv(letter: Letter) -> bool:
    """Tell whether the CV goes with this message."""
    return letter_words().moments[letter.moment].avec_cv


def letter_pdf(page: LetterPage) -> bytes:
    """Return the letter as a tagged PDF/UA-1, at the largest size that fits on one page."""
    data = typeset.drawable_texts(asdict(page))
    for size in _SIZES:
        sheet = typeset.Sheet("_common/letter.typ", {"letter": data, "size": size, "fallbacks": typeset.FALLBACK_FONTS})
        if max((spot.page for spot in sheet.label_spots("end")), default=1) == 1:
            break
    return sheet.as_pdf()


def letter_docx(page: LetterPage) -> bytes:
    """Return the letter as an editable Word file, with the same words."""
    texts = typeset.drawable_texts(asdict(page))
    texts["sender"] = texts["sender"] or [""]
    return word_template.filled_template(_empty_letter(), {"l": texts}, title=page.subject, author=page.signature)


def letter_file_name(sender: Sender, ending: str) -> str:
    """Return « Lettre-Prenom-Nom-metier.pdf », beside the CV of the same name."""
    return f"Lettre{sender.attachment.removeprefix('CV').rsplit('.', 1)[0]}.{ending}"


@cache
def _empty_letter() -> bytes:
    return (TEMPLATES / "_common" / "letter.docx").read_bytes()


def _pdf_output(page: LetterPage, sender: Sender) -> GeneratedFile:
    return GeneratedFile(letter_file_name(sender, "pdf"), PDF, letter_pdf(page))


def _docx_output(page: LetterPage, sender: Sender) -> GeneratedFile:
    return GeneratedFile(letter_file_name(sender, "docx"), word_template.WORD, letter_docx(page))


KINDS: dict[str, Callable[[LetterPage, Sender], GeneratedFile]] = {
    "letter-pdf": _pdf_output,
    "letter-docx": _docx_output,
}
