"""Stores a young person's job applications: what was sent where, and what is due next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field
from sqlmodel import Session

from clicnjob import policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Actor, WorkKind, random_id
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

State = Literal["to_send", "sent", "followed_up", "interview", "answer_yes", "answer_no", "declined"]
STATES: dict[State, str] = {
    "to_send": "À envoyer",
    "sent": "Envoyée",
    "followed_up": "Relancée",
    "interview": "Entretien",
    "answer_yes": "Réponse oui",
    "answer_no": "Réponse non",
    "declined": "J’ai dit non",
}
ANSWERED: tuple[State, ...] = ("answer_yes", "answer_no", "declined")


class ApplicationsNotForStaff(Refusal):
    """Raised when a professional opens the list: it belongs to the young person, who shares only the progress."""

    sentence = "Cette liste est pour les jeunes."


class TooManyApplications(Refusal):
    """Raised beyond `policy.APPLICATIONS_AT_MOST`, so that the list stays readable."""

    sentence = "Ta liste est pleine. Enlève une vieille candidature, puis recommence."


class NothingWanted(Refusal):
    """Raised when an application names neither a job nor an employer."""

    sentence = "Dis au moins un métier ou une entreprise."


class Application(WorkBody):
    """One application.

    `job` is the key of a sheet in data/jobs/fiches, or ''; `title` is the job in the person's own words.
    """

    id: str = Field(default_factory=random_id)
    job: str = ""
    title: str = ""
    employer: str = ""
    town: str = ""
    state: State = "to_send"
    added_on: date
    sent_on: date | None = None
    follow_up_on: date | None = None
    interview_on: date | None = None
    answered_on: date | None = None
    note: str = ""


class Applications(WorkBody, kind=WorkKind.APPLICATIONS):
    """All applications of one person, the latest last."""

    applications: list[Application] = Field(default_factory=list)

    def application_with_id(self, application_id: str) -> Application:
        """Return one application by its id. Raises NotFound."""
        found = next((each for each in self.applications if each.id == application_id), None)
        if found is None:
            raise NotFound
        return found


_OWN = OwnWork(WorkKind.APPLICATIONS, Applications, ApplicationsNotForStaff)


@dataclass(frozen=True, slots=True)
class Summary:
    """What counts as progress: how many applications were sent, the latest date, and what comes next."""

    sent: int = 0
    last_on: date | None = None
    next_follow_up_on: date | None = None
    interview_on: date | None = None
    yes_on: date | None = None


def own_applications(session: Session, *, of: Actor) -> Applications:
    """Return the person's applications, empty if there are none yet, in one query. Raises ApplicationsNotForStaff."""
    return _OWN.read(session, of=of)


def add_application(
    session: Session,
    *,
    by: Actor,
    title: str,
    operation: str,
    today: date,
    job: str = "",
    employer: str = "",
    town: str = "",
) -> str:
    """Add an application that is still to be sent and return its id.

    Raises NothingWanted, TooManyApplications, ApplicationsNotForStaff.
    """
    if not (title or employer):
        raise NothingWanted
    new = Application(job=job, title=title, employer=employer, town=town, added_on=today)

    def alter(kept: Applications) -> None:
        if len(kept.applications) >= policy.APPLICATIONS_AT_MOST:
            raise TooManyApplications
        kept.applications.append(new)

    _OWN.change(session, by=by, alter=alter, operation=operation)
    return new.id


def move_application(
    session: Session, *, by: Actor, application_id: str, state: State, operation: str, today: date
) -> None:
    """Change the state of an application and set the dates that follow from it. Raises NotFound."""

    def alter(kept: Applications) -> None:
        _set_state(kept.application_with_id(application_id), state, today)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def note_sent_message(
    session: Session,
    *,
    by: Actor,
    application_id: str,
    title: str,
    employer: str,
    town: str,
    becomes: State | Literal[""],
    operation: str,
    today: date,
) -> str:
    """Write into the list that a message was sent, and return the id of its line: `application_id`, or a new one for ''.

    `becomes` is the new state, '' for a message that changes none. Raises NothingWanted, TooManyApplications, NotFound.
    """
    if not (application_id or title or employer):
        raise NothingWanted
    new = Application(title=title, employer=employer, town=town, added_on=today)

    def alter(kept: Applications) -> None:
        if not application_id and len(kept.applications) >= policy.APPLICATIONS_AT_MOST:
            raise TooManyApplications
        if not application_id:
            kept.applications.append(new)
        one = kept.application_with_id(application_id or new.id)
        one.title, one.employer, one.town = one.title or title, one.employer or employer, one.town or town
        if becomes or not application_id:
            _set_state(one, becomes or "sent", today)

    _OWN.change(session, by=by, alter=alter, operation=operation)
    return application_id or new.id


def plan_dates(
    session: Session,
    *,
    by: Actor,
    application_id: str,
    operation: str,
    follow_up_on: date | None = None,
    interview_on: date | None = None,
) -> None:
    """Set the day of the follow-up or of the interview; None leaves a day as it is. Raises NotFound."""

    def alter(kept: Applications) -> None:
        one = kept.application_with_id(application_id)
        one.follow_up_on = follow_up_on or one.follow_up_on
        one.interview_on = interview_on or one.interview_on

    _OWN.change(session, by=by, alter=alter, operation=operation)


def describe_application(
    session: Session,
    *,
    by: Actor,
    application_id: str,
    operation: str,
    employer: str | None = None,
    town: str | None = None,
    note: str | None = None,
) -> None:
    """Set the employer, the town or the note of an application; None leaves a field as it is. Raises NotFound."""

    def alter(kept: Applications) -> None:
        one = kept.application_with_id(application_id)
        one.employer = one.employer if employer is None else employer
        one.town = one.town if town is None else town
        one.note = one.note if note is None else note

    _OWN.change(session, by=by, alter=alter, operation=operation)


def drop_application(session: Session, *, by: Actor, application_id: str, operation: str) -> None:
    """Remove an application from the list; `undo_application_change` brings it back. Raises NotFound."""

    def alter(kept: Applications) -> None:
        kept.application_with_id(application_id)
        kept.applications = [each for each in kept.applications if each.id != application_id]

    _OWN.change(session, by=by, alter=alter, operation=operation)


def undo_application_change(session: Session, *, by: Actor, operation: str) -> None:
    """Revert the latest change. Raises works.NothingToUndo, ApplicationsNotForStaff."""
    _OWN.undo(session, by=by, operation=operation)


def is_due(one: Application, *, today: date) -> bool:
    """Tell whether it is time to follow up on an application."""
    return one.state in ("sent", "followed_up") and one.follow_up_on is not None and one.follow_up_on <= today


def sent_days(kept: Applications) -> tuple[date, ...]:
    """Return the day on which each application was sent, of those that were."""
    return tuple(one.sent_on for one in kept.applications if one.state != "to_send" and one.sent_on)


def applications_summary(kept: Applications, *, today: date) -> Summary:
    """Compute what counts as progress. Only interviews from `today` on are counted."""
    sent = [one for one in kept.applications if one.state != "to_send"]
    waiting = [one.follow_up_on for one in sent if one.state in ("sent", "followed_up") and one.follow_up_on]
    interviews = [
        one.interview_on for one in sent if one.state == "interview" and one.interview_on and one.interview_on >= today
    ]
    yes = [one.answered_on for one in sent if one.state == "answer_yes" and one.answered_on]
    return Summary(
        sent=len(sent),
        last_on=max((one.sent_on for one in sent if one.sent_on), default=None),
        next_follow_up_on=min(waiting, default=None),
        interview_on=min(interviews, default=None),
        yes_on=max(yes, default=None),
    )


def _set_state(one: Application, state: State, today: date) -> None:
    one.state = state
    if state == "to_send":
        one.sent_on = one.follow_up_on = None
        return
    one.sent_on = one.sent_on or today
    if state == "sent":
        one.follow_up_on = one.sent_on + policy.FOLLOW_UP_AFTER
    elif state == "followed_up":
        one.follow_up_on = today + policy.FOLLOW_UP_AFTER
    else:
        one.follow_up_on = None
    one.answered_on = today if state in ANSWERED else None
