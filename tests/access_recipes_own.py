"""How each function of privacy, CV, jobs, interview and applications is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob import consents, models, works
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.apply import applications, letters
from clicnjob.apply.letters import Letter
from clicnjob.apply.mailbox import rehearsals
from clicnjob.apply.mailbox.rehearsals import RehearsalMail
from clicnjob.config import Settings
from clicnjob.cv.document import downloads as cv_outputs
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.interview import notebook
from clicnjob.interview import outputs as interview_outputs
from clicnjob.jobs import choices, missing
from clicnjob.jobs.query import read_query
from clicnjob.learn import carried, records
from clicnjob.models import ConsentTo, LearningKind, MailState, Work
from clicnjob.privacy import notice, sharing, views
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.export import archive, leaving_work, reopening, stored_work
from clicnjob.privacy.export.reopening import BroughtWork
from clicnjob.privacy.retention import freezing, rules
from clicnjob.sending import letter_files, posting
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
JOB = "jardinier"
_MAIL = Settings(smtp_host="localhost", smtp_security="none", smtp_from="cv@exemple.fr")


def op() -> str:
    """A fresh operation."""
    return works.new_operation()


def _rehearse(case: Case) -> None:
    rehearsals.change_rehearsal(case.session, by=case.me, exercise="offre", alter=_address, operation=op(), today=TODAY)


def _address(mail: RehearsalMail) -> None:
    mail.to = "recrutement@brasserie-du-parc.exemple.fr"


PRIVACY_ON: dict[str, Recipe] = {
    "privacy.retention.freezing.freeze_file": lambda c: freezing.freeze_file(c.session, **c.at, why="dispute"),
    "privacy.retention.freezing.unfreeze_file": lambda c: freezing.unfreeze_file(c.session, **c.at),
}
PRIVACY: dict[str, Recipe] = {
    "privacy.export.leaving_work.work_at_risk": lambda c: leaving_work.work_at_risk(c.session, of=c.me, taken_at=None),
    "privacy.export.archive.export_archive": lambda c: archive.export_archive(c.session, of=c.me, now=NOW),
    "privacy.export.archive.reopening_content": lambda c: archive.reopening_content(c.session, of=c.me, now=NOW),
    "privacy.export.archive.work_file": lambda c: archive.work_file(c.session, of=c.me, now=NOW),
    "privacy.erasure.erasure_request.planned_erasure": lambda c: erasure_request.planned_erasure(c.session, of=c.me),
    "privacy.erasure.erasure_request.ask_for_erasure": lambda c: erasure_request.ask_for_erasure(
        c.session, by=c.me, now=NOW
    ),
    "privacy.erasure.erasure_request.change_mind": lambda c: erasure_request.change_mind(c.session, by=c.me, now=NOW),
    "privacy.erasure.erasure_request.erase_at_once": lambda c: erasure_request.erase_at_once(
        c.session, by=c.me, proof=OwnSecretGiven(c.me.id), now=NOW
    ),
    "privacy.retention.freezing.frozen_files": lambda c: freezing.frozen_files(c.session, of=c.me),
    "privacy.export.stored_work.stored_groups": lambda c: stored_work.stored_groups(c.session, of=c.me),
    "privacy.notice.is_notice_due": lambda c: notice.is_notice_due(c.session, of=c.me),
    "privacy.notice.accept_notice": lambda c: notice.accept_notice(c.session, by=c.me, version=1),
    "privacy.export.reopening.adopt_brought_work": lambda c: reopening.adopt_brought_work(
        c.session,
        by=c.me,
        brought=BroughtWork(CarriedWork(Profile(), (Cv(),)), (), (), 0),
        operation=op(),
        now=models.utc_now(),
    ),
    "privacy.retention.rules.upcoming_erasures": lambda c: rules.upcoming_erasures(c.session, of=c.me),
    "privacy.sharing.switch_sharing": lambda c: sharing.switch_sharing(
        c.session, by=c.me, what=ConsentTo.PRACTICE, on=True, now=models.utc_now()
    ),
    "privacy.sharing.adviser_name": lambda c: sharing.adviser_name(c.session, of=c.me),
    "privacy.views.file_views": lambda c: views.file_views(c.session, of=c.me, now=NOW),
}
CV_ON: dict[str, Recipe] = {
    "cv.model.bag.save_answer": lambda c: bag.save_answer(
        c.session, by=c.me, cv_id=c.it.cv, alter=_renamed, bases={}, operation=op()
    ),
    "cv.model.bag.undo_cv_change": lambda c: (
        _changed(c),
        bag.undo_cv_change(c.session, by=c.me, cv_id=c.it.cv, operation=op()),
    )[1],
    "cv.model.bag.duplicate_cv": lambda c: bag.duplicate_cv(c.session, by=c.me, cv_id=c.it.cv, operation=op()),
    "cv.model.bag.delete_cv": lambda c: bag.delete_cv(c.session, by=c.me, cv_id=c.it.cv),
    "cv.model.bag.bring_back": lambda c: bag.bring_back(c.session, by=c.me, cv_id=c.it.cv),
    "cv.model.bag.mark_place": lambda c: (bag.mark_place(c.session, by=c.me, cv_id=c.it.cv, place="fin"), _at_end(c))[
        1
    ],
    "cv.document.downloads.cv_output": lambda c: cv_outputs.cv_output(c.session, of=c.me, kind="pdf", cv_id=c.it.cv),
}
CV: dict[str, Recipe] = {
    "cv.model.bag.own_bag": lambda c: bag.own_bag(c.session, of=c.me),
    "cv.model.bag.open_bag": lambda c: bag.open_bag(c.session, by=c.me, operation=op()),
    "cv.model.bag.new_cv": lambda c: bag.new_cv(c.session, by=c.me, cv=Cv(), operation=op()),
    "cv.model.bag.adopt_carried_file": lambda c: bag.adopt_carried_file(
        c.session, by=c.me, carried=CarriedWork(Profile(), (Cv(),)), operation=op(), now=models.utc_now()
    ),
    "cv.model.bag.keep_photo": lambda c: (
        consents.give_consent(c.session, by=c.me, what=ConsentTo.PHOTO, now=NOW),
        bag.keep_photo(c.session, by=c.me, jpeg=b"x", now=models.utc_now()),
    ),
    "cv.model.bag.remove_photo": lambda c: bag.remove_photo(c.session, by=c.me, now=models.utc_now()),
}
JOBS_ON: dict[str, Recipe] = {
    "jobs.missing.remove_synonym": lambda c: missing.remove_synonym(c.session, by=c.me, synonym_id=c.it.synonym),
}
JOBS: dict[str, Recipe] = {
    "jobs.choices.own_choices": lambda c: choices.own_choices(c.session, of=c.me),
    "jobs.choices.keep_favourite": lambda c: choices.keep_favourite(c.session, by=c.me, key=JOB, operation=op()),
    "jobs.choices.drop_favourite": lambda c: choices.drop_favourite(c.session, by=c.me, key=JOB, operation=op()),
    "jobs.choices.say_why": lambda c: choices.say_why(c.session, by=c.me, key=JOB, why="J’aime", operation=op()),
    "jobs.choices.answer_statement": lambda c: choices.answer_statement(
        c.session, by=c.me, statement="r1", liking=None, operation=op()
    ),
    "jobs.choices.forget_answers": lambda c: choices.forget_answers(c.session, by=c.me, operation=op()),
    "jobs.missing.count_missing_words": lambda c: missing.count_missing_words(
        c.session, by=c.me, query=read_query("zouave"), today=TODAY
    ),
    "jobs.missing.missing_words": lambda c: missing.missing_words(c.session, of=c.me),
    "jobs.missing.add_synonym": lambda c: missing.add_synonym(c.session, by=c.me, words="zouave", job=JOB),
    "jobs.missing.added_synonyms": lambda c: missing.added_synonyms(c.session, of=c.me),
}
INTERVIEW: dict[str, Recipe] = {
    "interview.notebook.own_notebook": lambda c: notebook.own_notebook(c.session, of=c.me),
    "interview.notebook.change_notebook": lambda c: notebook.change_notebook(
        c.session, by=c.me, alter=_practised, operation=op()
    ),
    "interview.notebook.mark_place": lambda c: notebook.mark_place(c.session, by=c.me, place="fin"),
    "interview.notebook.undo_notebook_change": lambda c: (
        notebook.change_notebook(c.session, by=c.me, alter=lambda book: None, operation=op()),
        notebook.change_notebook(c.session, by=c.me, alter=_practised, operation=op()),
        notebook.undo_notebook_change(c.session, by=c.me, operation=op()),
    ),
    "interview.outputs.notebook_output": lambda c: interview_outputs.notebook_output(
        c.session, of=c.me, kind=next(iter(interview_outputs.OWN)), part=_day(c), now=NOW
    ),
}
APPLY_ON: dict[str, Recipe] = {
    "apply.applications.move_application": lambda c: applications.move_application(
        c.session, by=c.me, application_id=c.it.application, state="sent", operation=op(), today=TODAY
    ),
    "apply.applications.plan_dates": lambda c: applications.plan_dates(
        c.session, by=c.me, application_id=c.it.application, operation=op(), follow_up_on=TODAY
    ),
    "apply.applications.describe_application": lambda c: applications.describe_application(
        c.session, by=c.me, application_id=c.it.application, employer="Jardin", town="Metz", note="", operation=op()
    ),
    "apply.applications.drop_application": lambda c: applications.drop_application(
        c.session, by=c.me, application_id=c.it.application, operation=op()
    ),
    "apply.applications.note_sent_message": lambda c: applications.note_sent_message(
        c.session,
        by=c.me,
        application_id=c.it.application,
        title="Maçon",
        employer="",
        town="",
        becomes="sent",
        operation=op(),
        today=TODAY,
    ),
    "apply.letters.describe_letter": lambda c: letters.describe_letter(
        c.session, by=c.me, letter_id=c.it.letter, employer="Jardin", operation=op()
    ),
    "apply.letters.pick_phrases": lambda c: letters.pick_phrases(
        c.session, by=c.me, letter_id=c.it.letter, part="envie", keys=["envie-gens"], operation=op()
    ),
    "apply.letters.write_own_phrase": lambda c: letters.write_own_phrase(
        c.session, by=c.me, letter_id=c.it.letter, part="envie", text="Oui.", operation=op()
    ),
    "apply.letters.drop_letter": lambda c: letters.drop_letter(
        c.session, by=c.me, letter_id=c.it.letter, operation=op()
    ),
    "apply.letters.note_letter_sent": lambda c: letters.note_letter_sent(
        c.session, by=c.me, letter_id=c.it.letter, sent_by="person", operation=op(), today=TODAY
    ),
}
SENDING_ON: dict[str, Recipe] = {
    "sending.letter_files.letter_facts": lambda c: letter_files.letter_facts(
        c.session, of=c.me, letter_id=c.it.letter, cv_id=c.it.cv
    ),
    "sending.letter_files.letter_output": lambda c: letter_files.letter_output(
        c.session, of=c.me, kind="letter-docx", letter_id=c.it.letter, cv_id=c.it.cv, today=TODAY
    ),
    "sending.posting.prepare_mail": lambda c: posting.prepare_mail(
        c.session,
        by=c.me,
        letter_id=c.it.letter,
        cv_id=c.it.cv,
        to="rh@exemple.fr",
        agreed=True,
        operation=op(),
        now=NOW,
        settings=_MAIL,
    ),
    "sending.posting.finish_mail": lambda c: posting.finish_mail(
        c.session,
        by=c.me,
        mail_id=c.it.mail,
        letter_id=c.it.letter,
        state=MailState.SENT,
        today=TODAY,
    ),
}
SENDING: dict[str, Recipe] = {
    "sending.posting.sent_mails": lambda c: posting.sent_mails(c.session, of=c.me),
}
_LESSON: dict[str, Any] = {"kind": LearningKind.LESSON, "content_id": "joindre-un-fichier"}
LEARN: dict[str, Recipe] = {
    "learn.carried.carried_lessons": lambda c: carried.carried_lessons(c.session, of=c.me),
    "learn.carried.adopt_lessons": lambda c: carried.adopt_lessons(c.session, (), by=c.me, now=NOW),
    "learn.records.own_records": lambda c: records.own_records(c.session, of=c.me),
    "learn.records.own_record": lambda c: records.own_record(c.session, of=c.me, **_LESSON),
    "learn.records.note_place": lambda c: records.note_place(c.session, by=c.me, **_LESSON, place="e1", now=NOW),
    "learn.records.keep_answer": lambda c: records.keep_answer(
        c.session, by=c.me, lesson_id=_LESSON["content_id"], exercise_id="q1", answer=("a",), now=NOW
    ),
    "learn.records.finish_content": lambda c: records.finish_content(c.session, by=c.me, **_LESSON, now=NOW),
    "learn.records.begin_again": lambda c: records.begin_again(c.session, by=c.me, **_LESSON, now=NOW),
    "learn.records.forget_record": lambda c: records.forget_record(c.session, by=c.me, **_LESSON),
}
APPLY: dict[str, Recipe] = {
    "apply.applications.own_applications": lambda c: applications.own_applications(c.session, of=c.me),
    "apply.applications.add_application": lambda c: applications.add_application(
        c.session, by=c.me, title="Maçon", operation=op(), today=TODAY
    ),
    "apply.applications.undo_application_change": lambda c: (
        applications.add_application(c.session, by=c.me, title="Maçon", operation=op(), today=TODAY),
        applications.undo_application_change(c.session, by=c.me, operation=op()),
    ),
    "apply.mailbox.rehearsals.own_mailbox": lambda c: rehearsals.own_mailbox(c.session, of=c.me),
    "apply.mailbox.rehearsals.change_rehearsal": lambda c: _rehearse(c),
    "apply.mailbox.rehearsals.restart_rehearsal": lambda c: rehearsals.restart_rehearsal(
        c.session, by=c.me, exercise="offre", operation=op()
    ),
    "apply.mailbox.rehearsals.sort_mail": lambda c: rehearsals.sort_mail(
        c.session, by=c.me, mail="atelier", gesture="signaler", operation=op()
    ),
    "apply.mailbox.rehearsals.put_mail_back": lambda c: rehearsals.put_mail_back(
        c.session, by=c.me, mail="atelier", operation=op()
    ),
    "apply.mailbox.rehearsals.download_file": lambda c: rehearsals.download_file(
        c.session, by=c.me, mail="atelier", operation=op()
    ),
    "apply.mailbox.rehearsals.undo_mailbox_change": lambda c: (
        _rehearse(c),
        rehearsals.sort_mail(c.session, by=c.me, mail="atelier", gesture="signaler", operation=op()),
        rehearsals.undo_mailbox_change(c.session, by=c.me, operation=op()),
    ),
    "apply.letters.own_letters": lambda c: letters.own_letters(c.session, of=c.me),
    "apply.letters.start_letter": lambda c: letters.start_letter(
        c.session, by=c.me, letter=Letter(title="Maçon", started_on=TODAY), operation=op()
    ),
    "apply.letters.undo_letter_change": lambda c: (
        letters.start_letter(c.session, by=c.me, letter=Letter(title="Maçon", started_on=TODAY), operation=op()),
        letters.start_letter(c.session, by=c.me, letter=Letter(title="Vendeur", started_on=TODAY), operation=op()),
        letters.undo_letter_change(c.session, by=c.me, operation=op()),
    ),
}
FILTERING = {
    "cv.model.bag.mark_place",
    "privacy.views.file_views",
    "privacy.sharing.adviser_name",
    "privacy.notice.is_notice_due",
}


def _renamed(profile: Profile, cv: Cv) -> None:
    cv.name = "Autre"


def _practised(book: notebook.Notebook) -> None:
    book.recent.append("q")


def _changed(c: Case) -> None:
    """One change, so that there is something to take back."""
    kept = bag.own_bag(c.session, of=c.me)
    if kept and c.it.cv in {card.id for card in kept.cvs}:
        bag.save_answer(c.session, by=c.me, cv_id=c.it.cv, alter=_renamed, bases={}, operation=op())


def _day(c: Case) -> str:
    """The id of an interview that the person noted."""
    day = notebook.InterviewDay(id="jour")
    notebook.change_notebook(c.session, by=c.me, alter=lambda book: book.days.append(day), operation=op())
    return day.id


def _at_end(c: Case) -> bool:
    """Whether the CV is at its end now."""
    work = c.session.get(Work, c.it.cv)
    return work is not None and work.place == "fin"
