"""Makes the CV files that a young person downloads, at the moment of the download; nothing is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from sqlmodel import Session

from clicnjob.cv.document import compose, docx, pdf, questionnaire
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.pdf import RenderedPage
from clicnjob.cv.exchange import json_resume_export, work_file
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.errors import NotFound
from clicnjob.generated_file import JSON, PDF, FileToBuild, GeneratedFile
from clicnjob.models import Actor
from clicnjob.text import fold_text

CARRIED = "clicnjob.json"
_JOB_LETTERS = 26
_NAME_LETTERS = 22


def cv_output(session: Session, *, of: Actor, kind: str, cv_id: str) -> FileToBuild:
    """Return one file of the person's own CV. Raises NotFound for an unknown kind or a CV that is not theirs."""
    kept = bag.own_bag(session, of=of)
    made = KINDS.get(kind)
    if kept is None or made is None:
        raise NotFound
    return made(kept, cv_id)


def cv_file_name(profile: Profile, cv: Cv, ending: str = "pdf") -> str:
    """Return « CV-Prenom-Nom-metier.pdf », in ASCII: the first thing that an employer reads of an e-mail.

    What is unknown, or written in a script without Latin letters, is left out.
    """
    names = (_capitalised_words(_ascii_words(name, _NAME_LETTERS)) for name in (profile.first_name, profile.last_name))
    job = _ascii_words(re.split(r"[,/(]", cv.job_wanted)[0], _JOB_LETTERS)
    return "-".join(part for part in ("CV", *names, job) if part) + f".{ending}"


def paper_questionnaire() -> GeneratedFile:
    """Return the questionnaire on paper, the same for everybody."""
    return GeneratedFile("questionnaire-cv.pdf", PDF, questionnaire.paper_questionnaire())


def cv_document(kept: Bag, cv_id: str) -> Document:
    """Return the page of one CV. Raises NotFound."""
    return compose.compose_document(kept.profile, kept.cv_card(cv_id).cv, photo=kept.photo)


def cv_page(kept: Bag, cv_id: str) -> RenderedPage:
    """Return the rendered page. Its PDF carries its own printed words so that it reopens here, and nothing else."""
    carried = work_file.write_page(kept.profile, kept.cv_card(cv_id).cv, kept.photo)
    return pdf.pdf_page(cv_document(kept, cv_id), attachments={CARRIED: carried})


def _ascii_words(said: str, most: int) -> str:
    """Return the words in lower case joined by hyphens, cut between two words: « chef-de-rang »."""
    kept = ""
    for word in re.findall(r"[a-z0-9]+", fold_text(said).replace("'", "")):
        longer = f"{kept}-{word}" if kept else word[:most]
        if len(longer) > most:
            break
        kept = longer
    return kept


def _capitalised_words(words: str) -> str:
    return "-".join(word.capitalize() for word in words.split("-"))


def _pdf_output(kept: Bag, cv_id: str) -> FileToBuild:
    return FileToBuild(_own_name(kept, cv_id, "pdf"), PDF, lambda: cv_page(kept, cv_id).pdf)


def _docx_output(kept: Bag, cv_id: str) -> FileToBuild:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return FileToBuild(_own_name(kept, cv_id, "docx"), word, lambda: docx.docx_file(cv_document(kept, cv_id)))


def _own_name(kept: Bag, cv_id: str, ending: str) -> str:
    return cv_file_name(kept.profile, kept.cv_card(cv_id).cv, ending)


def _resume_output(kept: Bag, cv_id: str) -> FileToBuild:
    resume = json_resume_export.to_json_resume(kept.profile, kept.cv_card(cv_id).cv)
    return FileToBuild(
        "mon-cv-json-resume.json", JSON, lambda: json.dumps(resume, ensure_ascii=False, indent=1).encode()
    )


KINDS: dict[str, Callable[[Bag, str], FileToBuild]] = {
    "pdf": _pdf_output,
    "docx": _docx_output,
    "resume": _resume_output,
}
