"""How each function of privacy, CV, jobs, interview and applications is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob import consents, works
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.apply import applications
from clicnjob.cv.document import downloads as cv_outputs
from clicnjob.cv.exchange.work_file import Carried
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.interview import notebook
from clicnjob.interview import outputs as interview_outputs
from clicnjob.jobs import choices, missing
from clicnjob.models import ConsentTo, Work
from clicnjob.privacy import notice, sharing, views
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.export import archive, reopening, stored_work
from clicnjob.privacy.export.reopening import Brought
from clicnjob.privacy.retention import freezing, rules
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
JOB = "jardinier"


def op() -> str:
    """A fresh operation."""
    return works.new_operation()


PRIVACY_ON: dict[str, Recipe] = {
    "privacy.retention.freezing.freeze": lambda c: freezing.freeze(c.session, **c.at, why="dispute"),
    "privacy.retention.freezing.unfreeze": lambda c: freezing.unfreeze(c.session, **c.at),
}
PRIVACY: dict[str, Recipe] = {
    "privacy.export.archive.archive": lambda c: archive.archive(c.session, of=c.me, now=NOW),
    "privacy.export.archive.reopening": lambda c: archive.reopening(c.session, of=c.me, now=NOW),
    "privacy.export.archive.work_file": lambda c: archive.work_file(c.session, of=c.me, now=NOW),
    "privacy.erasure.erasure_request.planned": lambda c: erasure_request.planned(c.session, of=c.me),
    "privacy.erasure.erasure_request.ask": lambda c: erasure_request.ask(c.session, by=c.me, now=NOW),
    "privacy.erasure.erasure_request.change_mind": lambda c: erasure_request.change_mind(c.session, by=c.me, now=NOW),
    "privacy.erasure.erasure_request.erase_at_once": lambda c: erasure_request.erase_at_once(
        c.session, by=c.me, proof=OwnSecretGiven(c.me.id), now=NOW
    ),
    "privacy.retention.freezing.frozen": lambda c: freezing.frozen(c.session, of=c.me),
    "privacy.export.stored_work.held": lambda c: stored_work.held(c.session, of=c.me),
    "privacy.notice.due": lambda c: notice.due(c.session, of=c.me),
    "privacy.notice.accept": lambda c: notice.accept(c.session, by=c.me, version=1),
    "privacy.export.reopening.adopt": lambda c: reopening.adopt(
        c.session, by=c.me, brought=Brought(Carried(Profile(), (Cv(),)), (), (), 0), operation=op()
    ),
    "privacy.retention.rules.upcoming": lambda c: rules.upcoming(c.session, of=c.me),
    "privacy.sharing.switch": lambda c: sharing.switch(c.session, by=c.me, what=ConsentTo.PRACTICE, on=True),
    "privacy.sharing.adviser_name": lambda c: sharing.adviser_name(c.session, of=c.me),
    "privacy.views.views": lambda c: views.views(c.session, of=c.me, now=NOW),
}
CV_ON: dict[str, Recipe] = {
    "cv.model.bag.answer": lambda c: bag.answer(
        c.session, by=c.me, cv_id=c.it.cv, alter=_renamed, bases={}, operation=op()
    ),
    "cv.model.bag.undo": lambda c: (_changed(c), bag.undo(c.session, by=c.me, cv_id=c.it.cv, operation=op()))[1],
    "cv.model.bag.duplicate": lambda c: bag.duplicate(c.session, by=c.me, cv_id=c.it.cv, operation=op()),
    "cv.model.bag.delete": lambda c: bag.delete(c.session, by=c.me, cv_id=c.it.cv),
    "cv.model.bag.bring_back": lambda c: bag.bring_back(c.session, by=c.me, cv_id=c.it.cv),
    "cv.model.bag.mark_place": lambda c: (bag.mark_place(c.session, by=c.me, cv_id=c.it.cv, place="fin"), _at_end(c))[
        1
    ],
    "cv.document.downloads.output": lambda c: cv_outputs.output(c.session, of=c.me, kind="pdf", cv_id=c.it.cv),
}
CV: dict[str, Recipe] = {
    "cv.model.bag.bag": lambda c: bag.bag(c.session, of=c.me),
    "cv.model.bag.open_bag": lambda c: bag.open_bag(c.session, by=c.me, operation=op()),
    "cv.model.bag.new_cv": lambda c: bag.new_cv(c.session, by=c.me, cv=Cv(), operation=op()),
    "cv.model.bag.adopt": lambda c: bag.adopt(c.session, by=c.me, carried=Carried(Profile(), (Cv(),)), operation=op()),
    "cv.model.bag.keep_photo": lambda c: (
        consents.give(c.session, by=c.me, what=ConsentTo.PHOTO, now=NOW),
        bag.keep_photo(c.session, by=c.me, jpeg=b"x"),
    ),
    "cv.model.bag.remove_photo": lambda c: bag.remove_photo(c.session, by=c.me),
}
JOBS_ON: dict[str, Recipe] = {
    "jobs.missing.remove": lambda c: missing.remove(c.session, by=c.me, synonym_id=c.it.synonym),
}
JOBS: dict[str, Recipe] = {
    "jobs.choices.choices": lambda c: choices.choices(c.session, of=c.me),
    "jobs.choices.keep": lambda c: choices.keep(c.session, by=c.me, key=JOB, operation=op()),
    "jobs.choices.drop": lambda c: choices.drop(c.session, by=c.me, key=JOB, operation=op()),
    "jobs.choices.say_why": lambda c: choices.say_why(c.session, by=c.me, key=JOB, why="J’aime", operation=op()),
    "jobs.choices.answer": lambda c: choices.answer(c.session, by=c.me, statement="r1", liking=None, operation=op()),
    "jobs.choices.forget_answers": lambda c: choices.forget_answers(c.session, by=c.me, operation=op()),
    "jobs.missing.count": lambda c: missing.count(c.session, by=c.me, typed="zouave", today=TODAY),
    "jobs.missing.missing": lambda c: missing.missing(c.session, of=c.me),
    "jobs.missing.add": lambda c: missing.add(c.session, by=c.me, words="zouave", job=JOB),
    "jobs.missing.added": lambda c: missing.added(c.session, of=c.me),
}
INTERVIEW: dict[str, Recipe] = {
    "interview.notebook.notebook": lambda c: notebook.notebook(c.session, of=c.me),
    "interview.notebook.change": lambda c: notebook.change(c.session, by=c.me, alter=_practised, operation=op()),
    "interview.notebook.mark_place": lambda c: notebook.mark_place(c.session, by=c.me, place="fin"),
    "interview.notebook.undo": lambda c: (
        notebook.change(c.session, by=c.me, alter=lambda book: None, operation=op()),
        notebook.change(c.session, by=c.me, alter=_practised, operation=op()),
        notebook.undo(c.session, by=c.me, operation=op()),
    ),
    "interview.outputs.output": lambda c: interview_outputs.output(
        c.session, of=c.me, kind=next(iter(interview_outputs.OWN)), part=_day(c), now=NOW
    ),
}
APPLY_ON: dict[str, Recipe] = {
    "apply.applications.move": lambda c: applications.move(
        c.session, by=c.me, application_id=c.it.application, state="sent", operation=op(), today=TODAY
    ),
    "apply.applications.plan": lambda c: applications.plan(
        c.session, by=c.me, application_id=c.it.application, operation=op(), follow_up_on=TODAY
    ),
    "apply.applications.describe": lambda c: applications.describe(
        c.session, by=c.me, application_id=c.it.application, employer="Jardin", town="Metz", note="", operation=op()
    ),
    "apply.applications.drop": lambda c: applications.drop(
        c.session, by=c.me, application_id=c.it.application, operation=op()
    ),
}
APPLY: dict[str, Recipe] = {
    "apply.applications.applications": lambda c: applications.applications(c.session, of=c.me),
    "apply.applications.add": lambda c: applications.add(
        c.session, by=c.me, title="Maçon", operation=op(), today=TODAY
    ),
    "apply.applications.undo": lambda c: (
        applications.add(c.session, by=c.me, title="Maçon", operation=op(), today=TODAY),
        applications.undo(c.session, by=c.me, operation=op()),
    ),
}
FILTERING = {"cv.model.bag.mark_place", "privacy.views.views", "privacy.sharing.adviser_name", "privacy.notice.due"}


def _renamed(profile: Profile, cv: Cv) -> None:
    cv.name = "Autre"


def _practised(book: notebook.Notebook) -> None:
    book.recent.append("q")


def _changed(c: Case) -> None:
    """One change, so that there is something to take back."""
    kept = bag.bag(c.session, of=c.me)
    if kept and c.it.cv in {card.id for card in kept.cvs}:
        bag.answer(c.session, by=c.me, cv_id=c.it.cv, alter=_renamed, bases={}, operation=op())


def _day(c: Case) -> str:
    """The id of an interview that the person noted."""
    day = notebook.Day(id="jour")
    notebook.change(c.session, by=c.me, alter=lambda book: book.days.append(day), operation=op())
    return day.id


def _at_end(c: Case) -> bool:
    """Whether the CV is at its end now."""
    work = c.session.get(Work, c.it.cv)
    return work is not None and work.place == "fin"
