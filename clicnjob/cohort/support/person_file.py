"""The page of one young person, for those who follow them, read in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from clicnjob.apply import applications
from clicnjob.apply.applications import Applications
from clicnjob.cohort import permissions
from clicnjob.cohort.permissions import Colleague
from clicnjob.cohort.progress import activity, alert_silences, alerts, refreshing
from clicnjob.cohort.progress.activity import CountedDay
from clicnjob.cohort.progress.alert_silences import SeenAlert
from clicnjob.cohort.progress.alerts import Alert
from clicnjob.cohort.support import (
    appointment_requests,
    appointments,
    case_closure,
    comments,
    contacts,
    handovers,
    help_requests,
    lists,
    next_steps,
    notes,
)
from clicnjob.cohort.support.appointment_requests import AskedAppointment
from clicnjob.cohort.support.appointments import Proposal
from clicnjob.cohort.support.attended import AttendedWorkshop, attended_workshops
from clicnjob.cohort.support.case_closure import CaseEnding
from clicnjob.cohort.support.comments import ShownComment
from clicnjob.cohort.support.contacts import NotedContact
from clicnjob.cohort.support.handovers import ShownHandover
from clicnjob.cohort.support.help_requests import HelpRequest
from clicnjob.cohort.support.next_steps import ProposedStep
from clicnjob.cohort.support.notes import WrittenNote
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import contact, days
from clicnjob.jobs import choices
from clicnjob.jobs.choices import JobChoices
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.models import Actor, AlertView, Enrolment, Progress
from clicnjob.privacy import sharing
from clicnjob.privacy.sharing import SharedChoices

_SEEN_DAYS = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What the page shows. `applications` is None when not shared, `bag` when nothing was answered yet.

    `obstacles` are the keys of those that the person shows, one by one; `check` is None when not shared.

    `jobs` are the favourites with their reason; the quiz that led to them is left out, as it is private.
    """

    id: str
    first_name: str
    last_name: str
    row: Progress
    shared: SharedChoices
    alerts: tuple[Alert, ...]
    seen: tuple[SeenAlert, ...]
    phone: str
    birth_month: str
    contacts: tuple[NotedContact, ...]
    bag: Bag | None
    jobs: JobChoices
    applications: Applications | None
    obstacles: tuple[str, ...]
    check: DigitalCheck | None
    days: tuple[CountedDay, ...]
    workshops: tuple[AttendedWorkshop, ...]
    comments: tuple[ShownComment, ...]
    steps: tuple[ProposedStep, ...]
    notes: tuple[WrittenNote, ...]
    appointments: tuple[Proposal, ...]
    asked: AskedAppointment | None
    call: HelpRequest | None
    handovers: tuple[ShownHandover, ...]
    loan: ShownHandover | None
    ended: CaseEnding | None
    holding: frozenset[str]
    colleagues: tuple[Colleague, ...]
    adviser_id: str | None
    may_hand: bool
    archived: bool

    @property
    def phone_on_cv(self) -> str:
        """The number that their CV prints, in E.164; '' for none. Who may open the file may read the CV."""
        try:
            return contact.phone_number(self.bag.profile.phone) if self.bag and self.bag.cvs else ""
        except Refusal:
            return ""

    def for_projection(self) -> PersonFile:
        """Return a copy for a projected screen, without texts in people's own words, which may name somebody."""
        return replace(
            self,
            phone="",
            birth_month="",
            steps=tuple(replace(one, word="") for one in self.steps),
            appointments=tuple(replace(one, words="", place="") for one in self.appointments),
            handovers=tuple(replace(one, note="…") for one in self.handovers),
            loan=replace(self.loan, note="…") if self.loan else None,
            ended=replace(self.ended, comment="") if self.ended else None,
        )


def person_file(session: Session, *, by: Actor, account_id: str, today: date) -> PersonFile:
    """Read the page of one person, in at most thirty-one queries. Raises NotFound, also if the actor may not see it."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    row, shared = _progress_of(session, account_id), sharing.shared_by(session, of=account_id)
    here = {"by": by, "account_id": account_id, "today": today}
    passed_on = handovers.of_person(session, **here)  # type: ignore[arg-type]
    enrolled = session.get(Enrolment, account_id)
    return PersonFile(
        id=person.id,
        first_name=person.first_name,
        last_name=person.last_name,
        row=row,
        shared=shared,
        alerts=alerts.kept_alerts(row, keys=_shown_keys(session, row, by), today=today),
        seen=alert_silences.seen_alerts(session, **here),  # type: ignore[arg-type]
        phone=enrolled.phone if enrolled else "",
        birth_month=enrolled.birth_month if enrolled else "",
        contacts=contacts.on_person(session, **here),  # type: ignore[arg-type]
        bag=bag.own_bag(session, of=person),
        jobs=JobChoices(favourites=choices.own_choices(session, of=person).favourites),
        applications=applications.own_applications(session, of=person) if shared.applications else None,
        obstacles=sharing.shared_obstacles(session, of=account_id),
        check=own_check.own_check(session, of=person) if shared.digital_check else None,
        days=activity.of_person(session, account_id=account_id, shared=shared, since=today - _SEEN_DAYS, until=today),
        workshops=attended_workshops(session, account_id=account_id, since=today - _SEEN_DAYS, until=today),
        comments=comments.on_person(session, **here),  # type: ignore[arg-type]
        steps=next_steps.on_person(session, **here),  # type: ignore[arg-type]
        notes=notes.on_person(session, **here),  # type: ignore[arg-type]
        appointments=appointments.on_person(session, **here),  # type: ignore[arg-type]
        asked=appointment_requests.latest_appointment_request(session, of=person),
        call=help_requests.latest_help_request(session, of=person),
        handovers=passed_on,
        loan=_loan_in_force(passed_on, today=today),
        ended=case_closure.case_ending(session, **here),  # type: ignore[arg-type]
        holding=lists.lists_of_person(session, of=by, account_id=account_id),
        colleagues=permissions.adviser_colleagues(session, of=by, today=today),
        adviser_id=person.adviser_id,
        may_hand=handovers.may_hand(by, person),
        archived=person.archived_at is not None,
    )


def _shown_keys(session: Session, row: Progress, by: Actor) -> str:
    view = session.get(AlertView, (row.account_id, by.id))
    return view.alerts if view else row.alerts


def _loan_in_force(passed_on: tuple[ShownHandover, ...], *, today: date) -> ShownHandover | None:
    return next((one for one in passed_on if one.until and one.until >= today and one.ended_at is None), None)


def up_to_date(session: Session, *, by: Actor, account_id: str, now: datetime) -> None:
    """Refresh this person's Progress, so that the page shows what they did a moment ago. Raises NotFound."""
    today = days.local_day(now)
    permissions.followed_person(session, by=by, account_id=account_id, today=today)
    refreshing.refresh_progress(session, [account_id], now=now)


def _progress_of(session: Session, account_id: str) -> Progress:
    """Return their `Progress`. Raises NotFound."""
    row = session.get(Progress, account_id)
    if row is None:
        raise NotFound
    return row
