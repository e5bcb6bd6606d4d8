"""Registers what /document/<jeton> can make: CV and interview files, printable forms, cards, exports and figures."""

from __future__ import annotations

from datetime import date
from functools import partial

from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.accounts.tickets import Ticket
from clicnjob.cohort.importing import intake
from clicnjob.cohort.reports import export, figures, spreadsheets
from clicnjob.config import settings
from clicnjob.cv.document import downloads
from clicnjob.errors import NotFound
from clicnjob.interview import outputs as interview
from clicnjob.jobs import finder, missing, quiz_paper
from clicnjob.models import Account
from clicnjob.privacy.export import archive
from clicnjob.web.documents.serving import MAKERS, WRITING, Made


def register() -> None:
    """Fill `documents.MAKERS` and `documents.WRITING`."""
    for kind in downloads.KINDS:
        MAKERS[kind] = partial(_of_cv, kind)
    MAKERS["questionnaire"] = _questionnaire
    MAKERS["quiz"] = _quiz
    MAKERS["words"] = _words
    MAKERS["dossier"] = _dossier
    MAKERS["work"] = _work
    MAKERS["import-model"] = _import_model
    MAKERS["cards"] = _cards
    for kind in ("figures-xlsx", "figures-csv"):
        MAKERS[kind] = partial(_figures, kind)
    for kind in ("people-xlsx", "people-csv"):
        MAKERS[kind] = partial(_people, kind)
    WRITING.update(("cards", "figures-xlsx", "figures-csv", "people-xlsx", "people-csv"))
    for kind in interview.PAPERS:
        MAKERS[kind] = partial(_interview_paper, kind)
    for kind in interview.OWN:
        MAKERS[kind] = partial(_of_interview, kind)


def _of_cv(kind: str, session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    made = downloads.output(session, of=owner, kind=kind, cv_id=taken.work_id)
    return Made(made.name, made.media_type, made.body)


def _interview_paper(kind: str, session: Session, taken: Ticket) -> Made:
    made = interview.paper(kind, taken.work_id)
    return Made(made.name, made.media_type, made.body)


def _of_interview(kind: str, session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    made = interview.output(session, of=owner, kind=kind, part=taken.work_id, now=models.now())
    return Made(made.name, made.media_type, made.body)


def _words(session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    body = missing.as_word_file(missing.added(session, of=owner)).encode()
    return Made("mots-ajoutes.yaml", "application/yaml", body)


def _dossier(session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    return Made(archive.NAME, "application/zip", archive.archive(session, of=owner, now=models.now()))


def _work(session: Session, taken: Ticket) -> Made:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    body = archive.work_file(session, of=owner, now=models.now())
    return Made(archive.WORK_NAME, "application/json", body)


def _import_model(session: Session, taken: Ticket) -> Made:
    return Made("modele-inscription.xlsx", spreadsheets.XLSX, intake.model())


def _cards(session: Session, taken: Ticket) -> Made:
    """Make the cards of an import, or of one person; the ticket's `work_id` says which."""
    now = models.now()
    by = presence.acting(session, taken.account_id, now=now)
    chosen = settings()
    address = chosen.public_url or f"http://localhost:{chosen.port}"
    body = intake.cards_of(session, taken.work_id, by=by, address=address.rstrip("/"), now=now)
    return Made("cartes.pdf", "application/pdf", body)


def _figures(kind: str, session: Session, taken: Ticket) -> Made:
    """Make the figures of a period; `work_id` is « start.end.purpose.list »."""
    now = models.now()
    start, end, purpose, list_id = taken.work_id.split(".")
    found = figures.report(
        session,
        by=presence.acting(session, taken.account_id, now=now),
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        today=now.date(),
        purpose=purpose,
        list_id=list_id,
    )
    if kind == "figures-csv":
        return Made("chiffres.csv", spreadsheets.CSV, found.as_csv())
    return Made("chiffres.xlsx", spreadsheets.XLSX, found.as_xlsx())


def _people(kind: str, session: Session, taken: Ticket) -> Made:
    """Make the list of a cohort's people; `work_id` is the purpose."""
    now = models.now()
    by = presence.acting(session, taken.account_id, now=now)
    rows = export.people(session, by=by, today=now.date(), purpose=taken.work_id)
    if kind == "people-csv":
        return Made("liste.csv", spreadsheets.CSV, export.as_csv(rows))
    return Made("liste.xlsx", spreadsheets.XLSX, export.as_xlsx(rows))


def _questionnaire(session: Session, taken: Ticket) -> Made:
    made = downloads.paper()
    return Made(made.name, made.media_type, made.body)


def _quiz(session: Session, taken: Ticket) -> Made:
    return Made(quiz_paper.NAME, "application/pdf", quiz_paper.quiz_paper(finder.catalogue()))
