"""Registers what /document/<jeton> can make: CV and interview files, printable forms, cards, exports and figures."""

from __future__ import annotations

from functools import partial

from sqlmodel import Session

from clicnjob import models
from clicnjob.accounts import presence
from clicnjob.accounts.tickets import TakenTicket
from clicnjob.cohort.importing import intake, remainders
from clicnjob.cohort.many import papers
from clicnjob.cohort.merging import own_merges
from clicnjob.cohort.reports import export, report, spreadsheets
from clicnjob.cohort.reports.report import FiguresRequest, Report
from clicnjob.cohort.support import appointment_file, liaison_sheet, printed_file
from clicnjob.config import current_settings
from clicnjob.cv.document import downloads
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.generated_file import JSON, PDF, FileToBuild, GeneratedFile
from clicnjob.interview import outputs as interview
from clicnjob.jobs import finder, missing, quiz_paper
from clicnjob.learn import liaison
from clicnjob.learn import paper as lesson_paper
from clicnjob.learn.digital_check import paper as check_paper
from clicnjob.learn.own import files as lesson_files
from clicnjob.models import Account, LearningKind
from clicnjob.privacy.export import archive
from clicnjob.sending import letter_files
from clicnjob.web.documents.serving import MAKERS, WRITING
from clicnjob.workshops.plans import files as plan_files
from clicnjob.workshops.plans import paper as plan_paper
from clicnjob.workshops.records import group_page, portfolio_file, sheet

WORKSHOP_FILES = {
    "attendance": sheet.attendance_sheet_pdf,
    "group-page": group_page.group_page_pdf,
    "portfolio-pages": portfolio_file.trainer_pages_pdf,
}

FIGURES_FILES = {
    "figures-xlsx": ("chiffres.xlsx", spreadsheets.XLSX, Report.as_xlsx),
    "figures-csv": ("chiffres.csv", spreadsheets.CSV, Report.as_csv),
    "figures-pdf": ("chiffres.pdf", PDF, Report.as_pdf),
}

PLAN_FILES = {
    "plan": plan_paper.plan_file,
    "plan-kit": plan_paper.kit_file,
    "plan-file": plan_files.carried_plan,
}


def register_makers() -> None:
    """Fill `documents.MAKERS` and `documents.WRITING`."""
    _register_own_files()
    _register_professional_files()


def _register_own_files() -> None:
    """What a young person takes along, and what is the same for everybody."""
    for kinds, make in (
        (downloads.KINDS, _of_cv),
        (letter_files.KINDS, _of_letter),
        (interview.PAPERS, _interview_paper),
        (interview.OWN, _of_interview),
    ):
        MAKERS.update({kind: partial(make, kind) for kind in kinds})
    MAKERS["questionnaire"] = _make_questionnaire
    MAKERS["quiz"] = _make_quiz
    MAKERS["check-paper"] = _make_check_paper
    MAKERS["liaison"] = _make_own_liaison
    MAKERS["dossier"] = _make_export
    MAKERS["work"] = _make_work_file
    MAKERS["merged-work"] = _make_merged_work
    MAKERS["portfolio"] = _make_own_portfolio
    MAKERS["appointment-ics"] = _make_appointment
    MAKERS["lesson-sheet"] = _make_lesson_sheet


def _register_professional_files() -> None:
    """What a professional prints or takes along. Those of `WRITING` leave a line in the log."""
    for kinds, make in (
        (WORKSHOP_FILES, _make_workshop_file),
        (PLAN_FILES, _make_plan_file),
        (FIGURES_FILES, _make_figures),
        (("people-xlsx", "people-csv"), _make_people),
    ):
        MAKERS.update({kind: partial(make, kind) for kind in kinds})
    MAKERS["liaison-shared"] = _make_shared_liaison
    MAKERS["person-sheet"] = _make_person_sheet
    MAKERS["person-cv"] = _make_person_cv
    MAKERS["words"] = _make_synonyms
    MAKERS["import-model"] = _import_model
    MAKERS["import-aside"] = _import_aside
    MAKERS["cards"] = _make_cards
    MAKERS["people-sheets"] = _make_sheets
    MAKERS["lesson-kit"] = _make_lesson_kit
    MAKERS["lesson-file"] = _make_lesson_file
    WRITING.update((*WORKSHOP_FILES, *FIGURES_FILES, "person-sheet", "person-cv", "people-sheets"))
    WRITING.update(("liaison-shared", "cards"))


def _owner_of(session: Session, taken: TakenTicket) -> Account:
    owner = session.get(Account, taken.account_id)
    if owner is None:
        raise NotFound
    return owner


def _of_cv(kind: str, session: Session, taken: TakenTicket) -> FileToBuild:
    owner = _owner_of(session, taken)
    return downloads.cv_output(session, of=owner, kind=kind, cv_id=taken.work_id)


def _of_letter(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make a letter; `work_id` is the letter's id and the CV's, joined by « . »."""
    owner, today = _owner_of(session, taken), days.local_day(models.utc_now())
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


def _make_merged_work(session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the work that stayed aside when two files became one; `work_id` is the merge's."""
    owner = _owner_of(session, taken)
    body = own_merges.work_aside(session, of=owner, merge_id=taken.work_id, now=models.utc_now())
    return GeneratedFile(archive.WORK_NAME, JSON, body)


def _import_model(session: Session, taken: TakenTicket) -> GeneratedFile:
    return GeneratedFile("modele-inscription.xlsx", spreadsheets.XLSX, intake.import_template())


def _import_aside(session: Session, taken: TakenTicket) -> GeneratedFile:
    of = presence.acting_person(session, taken.account_id, now=models.utc_now())
    return GeneratedFile(remainders.NAME, spreadsheets.XLSX, remainders.remainders_file(session, of=of))


def _make_cards(session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the cards of an import, or of one person; the ticket's `work_id` says which."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    chosen = current_settings()
    address = chosen.public_url or f"http://localhost:{chosen.port}"
    return intake.cards_of(session, taken.work_id, by=by, address=address.rstrip("/"), now=now)


def _make_sheets(session: Session, taken: TakenTicket) -> FileToBuild:
    """Make one sheet a person; the ticket's `work_id` names them."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    return papers.printed_sheets(session, taken.work_id, by=by, now=now)


def _make_appointment(session: Session, taken: TakenTicket) -> GeneratedFile:
    now = models.utc_now()
    of = presence.acting_person(session, taken.account_id, now=now)
    body = appointment_file.appointment_file(session, of=of, appointment_id=taken.work_id, now=now)
    return GeneratedFile(appointment_file.NAME, "text/calendar", body)


def _make_figures(kind: str, session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the figures of a period; `work_id` is the key of a FiguresRequest."""
    now = models.utc_now()
    found = report.figures_report(
        session,
        by=presence.acting_person(session, taken.account_id, now=now),
        request=FiguresRequest.of_key(taken.work_id),
        today=days.local_day(now),
        now=now,
    )
    name, media_type, written = FIGURES_FILES[kind]
    return FileToBuild(name, media_type, partial(written, found))


def _make_people(kind: str, session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the list of a cohort's people; `work_id` is the purpose."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    found = export.exported_people(session, by=by, today=days.local_day(now), purpose=taken.work_id, now=now)
    if kind == "people-csv":
        return FileToBuild("liste.csv", spreadsheets.CSV, partial(export.as_csv, found.rows), found.notes)
    return FileToBuild("liste.xlsx", spreadsheets.XLSX, partial(export.as_xlsx, found.rows), found.notes)


def _make_own_portfolio(session: Session, taken: TakenTicket) -> FileToBuild:
    return portfolio_file.own_page_pdf(session, of=_owner_of(session, taken), now=models.utc_now())


def _make_workshop_file(kind: str, session: Session, taken: TakenTicket) -> FileToBuild:
    """Make a file of a group session for its trainers; `work_id` is the session's."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    return WORKSHOP_FILES[kind](session, by=by, workshop_id=taken.work_id, now=now)


def _make_questionnaire(session: Session, taken: TakenTicket) -> GeneratedFile:
    return downloads.paper_questionnaire()


def _make_quiz(session: Session, taken: TakenTicket) -> GeneratedFile:
    return GeneratedFile(quiz_paper.NAME, PDF, quiz_paper.quiz_paper(finder.job_catalogue()))


def _make_lesson_sheet(session: Session, taken: TakenTicket) -> GeneratedFile:
    now = models.utc_now()
    of = presence.acting_person(session, taken.account_id, now=now)
    return lesson_paper.lesson_sheet(session, of=of, lesson_id=taken.work_id, now=now)


def _make_lesson_kit(session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the pages of some lessons; `work_id` is their ids, joined by « . »."""
    now = models.utc_now()
    of = presence.acting_person(session, taken.account_id, now=now)
    chosen = [one for one in taken.work_id.split(".") if one]
    return lesson_paper.lessons_kit(session, of=of, lesson_ids=chosen, now=now)


def _make_lesson_file(session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make the file of a lesson or a scene; `work_id` is its kind and its id, joined by « . »."""
    now = models.utc_now()
    of = presence.acting_person(session, taken.account_id, now=now)
    kind, _, content_id = taken.work_id.partition(".")
    return lesson_files.carried_lesson(session, of=of, kind=LearningKind(kind), content_id=content_id, now=now)


def _make_check_paper(session: Session, taken: TakenTicket) -> GeneratedFile:
    return GeneratedFile(check_paper.NAME, PDF, check_paper.check_paper())


def _make_own_liaison(session: Session, taken: TakenTicket) -> FileToBuild:
    return liaison.own_liaison_file(session, of=_owner_of(session, taken))


def _make_shared_liaison(session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the sheet of what a young person shows; `work_id` is their account's."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    return liaison_sheet.shared_liaison_file(
        session, by=by, account_id=taken.work_id, today=days.local_day(now), now=now
    )


def _make_person_sheet(session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the sheet of a young person for who follows them; `work_id` is their account's."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    return printed_file.printed_sheet(session, by=by, account_id=taken.work_id, today=days.local_day(now), now=now)


def _make_person_cv(session: Session, taken: TakenTicket) -> FileToBuild:
    """Make the CV of a young person for who follows them; `work_id` is their account's and the CV's, joined by « . »."""
    now = models.utc_now()
    by = presence.acting_person(session, taken.account_id, now=now)
    account_id, _, cv_id = taken.work_id.partition(".")
    return printed_file.printed_cv(
        session, by=by, account_id=account_id, cv_id=cv_id, today=days.local_day(now), now=now
    )


def _make_plan_file(kind: str, session: Session, taken: TakenTicket) -> GeneratedFile:
    """Make a file of a plan; `work_id` is the plan's."""
    by = presence.acting_person(session, taken.account_id, now=models.utc_now())
    return PLAN_FILES[kind](session, of=by, plan_id=taken.work_id)
