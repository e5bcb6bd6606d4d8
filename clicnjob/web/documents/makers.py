"""Registers what /document/<jeton> can make: CV and interview files, printable forms, cards, exports and figures."""

from __future__ import annotations

from functools import partial

from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.accounts.tickets import TakenTicket
from clicnjob.cohort.importing import intake
from clicnjob.cohort.reports import export, figures, spreadsheets
from clicnjob.cohort.reports.figures import FiguresRequest
from clicnjob.config import current_settings
from clicnjob.cv.document import downloads
from clicnjob.errors import NotFound
from clicnjob.generated_file import JSON, PDF, GeneratedFile
from clicnjob.interview import outputs as interview
from clicnjob.jobs import finder, missing, quiz_paper
from clicnjob.models import Account
from clicnjob.privacy.export import archive
from clicnjob.sending import letter_files
from clicnjob.web.documents.serving import MAKERS, WRITING
from clicnjob.workshops.plans import paper as plan_paper
from clicnjob.workshops.records import group_page, portfolio_file, sheet

WORKSHOP_FILES = {
    "attendance": sheet.attendance_sheet_pdf,
    "group-page": group_page.group_page_pdf,
    "portfolio-pages": portfolio_file.trainer_pages_pdf,
}


def register_makers() -> None:
    """Fill `documents.MAKERS` and `documents.WRITING`."""
    for kind in downloads.KINDS:
        MAKERS[kind] = partial(_of_cv, kind)
    for kind in letter_files.KINDS:
        MAKERS[kind] = partial(_of_letter, kind)
    MAKERS["questionnaire"] = _make_questionnaire
    MAKERS["quiz"] = _make_quiz
    MAKERS["words"] = _make_synonyms
    MAKERS["dossier"] = _make_export
    MAKERS["work"] = _make_work_file
    MAKERS["portfolio"] = _make_own_portfolio
    for kind in WORKSHOP_FILES:
        MAKERS[kind] = partial(_make_workshop_file, kind)
    MAKERS["import-model"] = _import_model
    MAKERS["cards"] = _make_cards
    MAKERS["plan"] = _make_plan
    MAKERS["plan-kit"] = _make_plan_kit
    for kind in ("figures-xlsx", "figures-csv"):
        MAKERS[kind] = partial(_make_figures, kind)
    for kind in ("people-xlsx", "people-csv"):
        MAKERS[kind] = partial(_make_people, kind)
    WRITING.update((*WORKSHOP_FILES, "cards", "figures-xlsx", "figures-csv", "people-xlsx", "people-csv"))
    for kind in interview.PAPERS:
        MAKERS[kind] = partial(_interview_paper, kind)
    for kind in interview.OWN:
        MAKERS[kind] = partial(_of_interview, kind)


def _owner_of(session: Session, taken: TakenTicket) -> Account:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    return owner


def _of_cv(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    owner = _owner_of(session, taken)
    return downloads.cv_output(session, of=owner, kind=kind, cv_id=taken.work_id)


def _of_letter(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make a letter; `work_id` is the letter's id and the CV's, joined by « . »."""
    owner, today = _owner_of(session, taken), models.utc_now().astimezone().date()
    letter_id, _, cv_id = taken.work_id.partition(".")
    return letter_files.letter_output(session, of=owner, kind=kind, letter_id=letter_id, cv_id=cv_id, today=today)


def _interview_paper(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    return interview.interview_paper(kind, taken.work_id)


def _of_interview(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    owner = _owner_of(session, taken)
    return interview.notebook_output(session, of=owner, kind=kind, part=taken.work_id, now=models.utc_now())


def _make_synonyms(session: Session, taken: TakenTicket) -> GeneratedFile:
    owner = _owner_of(session, taken)
    body = missing.as_word_file(missing.added_synonyms(session, of=owner)).encode()
    return GeneratedFile("mots-ajoutes.yaml", "application/yaml", body)


def _make_export(session: Session, taken: TakenTicket) -> GeneratedFile:
    owner = _owner_of(session, taken)
    return GeneratedFile(
        archive.NAME, "application/zip", archive.export_archive(session, of=owner, now=models.utc_now())
    )


def _make_work_file(session: Session, taken: TakenTicket) -> GeneratedFile:
    owner = _owner_of(session, taken)
    body = archive.work_file(session, of=owner, now=models.utc_now())
    return GeneratedFile(archive.WORK_NAME, JSON, body)


def _import_model(session: Session, taken: TakenTicket) -> GeneratedFile:
    return GeneratedFile("modele-inscription.xlsx", spreadsheets.XLSX, intake.import_template())


def _make_cards(session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the cards of an import, or of one person; the ticket's `work_id` says which."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    chosen = current_settings()
    address = chosen.public_url or f"http://localhost:{chosen.port}"
    body = intake.cards_of(session, taken.work_id, by=by, address=address.rstrip("/"), now=now)
    return GeneratedFile("cartes.pdf", PDF, body)


def _make_figures(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the figures of a period; `work_id` is the key of a FiguresRequest."""
    now = models.utc_now()
    found = figures.figures_report(
        session,
        by=presence.acting_person(session, taken.account_id, now=now),
        request=FiguresRequest.of_key(taken.work_id),
        today=now.date(),
        now=now,
    )
    if kind == "figures-csv":
        return GeneratedFile("chiffres.csv", spreadsheets.CSV, found.as_csv())
    return GeneratedFile("chiffres.xlsx", spreadsheets.XLSX, found.as_xlsx())


def _make_people(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the list of a cohort's people; `work_id` is the purpose."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    rows = export.exported_people(session, by=by, today=now.date(), purpose=taken.work_id, now=now)
    if kind == "people-csv":
        return GeneratedFile("liste.csv", spreadsheets.CSV, export.as_csv(rows))
    return GeneratedFile("liste.xlsx", spreadsheets.XLSX, export.as_xlsx(rows))


def _make_own_portfolio(session: Session, taken: TakenTicket) -> GeneratedFile:
    return portfolio_file.own_page_pdf(session, of=_owner_of(session, taken), now=models.utc_now())


def _make_workshop_file(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make a file of a group session for its trainers; `work_id` is the session's."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    return WORKSHOP_FILES[kind](session, by=by, workshop_id=taken.work_id, now=now)


def _make_questionnaire(session: Session, taken: TakenTicket) -> GeneratedFile:
    return downloads.paper_questionnaire()


def _make_quiz(session: Session, taken: TakenTicket) -> GeneratedFile:
    return GeneratedFile(quiz_paper.NAME, PDF, quiz_paper.quiz_paper(finder.job_catalogue()))


def _make_plan(session: Session, taken: TakenTicket) -> GeneratedFile:
    by = presence.acting_person(session, taken.account_id, now=models.utc_now())
    return plan_paper.plan_file(session, of=by, plan_id=taken.work_id)


def _make_plan_kit(session: Session, taken: TakenTicket) -> GeneratedFile:
    by = presence.acting_person(session, taken.account_id, now=models.utc_now())
    return plan_paper.kit_file(session, of=by, plan_id=taken.work_id)
