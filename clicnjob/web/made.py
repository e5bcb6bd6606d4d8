"""Which documents /document/<jeton> can make: the files of a CV, of the interview, and the papers to fill with a pen."""

from __future__ import annotations

from functools import partial

from sqlmodel import Session

from clicnjob.accounts.tickets import Ticket
from clicnjob.cv import outputs
from clicnjob.errors import NotFound
from clicnjob.interview import outputs as interview
from clicnjob.jobs import missing
from clicnjob.models import Account, now
from clicnjob.web.documents import MAKERS, Made


def register() -> None:
    """Fill the table of makers."""
    for kind in outputs.KINDS:
        MAKERS[kind] = partial(_of_cv, kind)
    MAKERS["questionnaire"] = _questionnaire
    MAKERS["words"] = _words
    for kind in interview.PAPERS:
        MAKERS[kind] = partial(_interview_paper, kind)
    for kind in interview.OWN:
        MAKERS[kind] = partial(_of_interview, kind)


def _of_cv(kind: str, session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    made = outputs.output(session, of=owner, kind=kind, cv_id=taken.work_id)
    return Made(made.name, made.media_type, made.body)


def _interview_paper(kind: str, session: Session, taken: Ticket) -> Made:
    made = interview.paper(kind, taken.work_id)
    return Made(made.name, made.media_type, made.body)


def _of_interview(kind: str, session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    made = interview.output(session, of=owner, kind=kind, part=taken.work_id, now=now())
    return Made(made.name, made.media_type, made.body)


def _words(session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    body = missing.as_word_file(missing.added(session, of=owner)).encode()
    return Made("mots-ajoutes.yaml", "application/yaml", body)


def _questionnaire(session: Session, taken: Ticket) -> Made:
    made = outputs.paper()
    return Made(made.name, made.media_type, made.body)
