"""Paper for many people at once: the cards of those who never came, and one sheet a person for a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlmodel import Session, col, select

from clicnjob import audit, policy, typeset
from clicnjob.cohort import permissions, vocabulary
from clicnjob.cohort.importing import cards_paper, enrolment
from clicnjob.cohort.many.reach import ChosenPerson, Reach, ticked_people
from clicnjob.cohort.progress import alerts, stages
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates, days
from clicnjob.french.appointments import when_shown
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import Actor, AlertView, Appointment, Enrolment, NextStep, Progress
from clicnjob.privacy import views

NAME = "fiches.pdf"
_SHEET = "_common/fiches.typ"
_BETWEEN = ","


class TooManyPapers(Refusal):
    """More people than one file may hold."""

    sentence = f"Pas plus de {policy.PRINTED_AT_ONCE} jeunes par fichier. Imprimez en plusieurs fois."


@dataclass(frozen=True, slots=True)
class _SheetData:
    """What the sheets of some people need beside their row."""

    enrolled: Mapping[str, Enrolment]
    views: Mapping[str, AlertView]
    steps: Mapping[str, str]
    meetings: Mapping[str, Appointment]
    advisers: Mapping[str, str]


def papers_key(account_ids: Collection[str]) -> str:
    """Return how a download ticket names these people."""
    return _BETWEEN.join(account_ids)


def people_of_key(key: str) -> tuple[str, ...]:
    """Return the ids of a key; anything else names nobody."""
    return tuple(filter(None, key.split(_BETWEEN)))


def cards_reach(session: Session, *, by: Actor, account_ids: Collection[str], today: date, now: datetime) -> Reach:
    """Return whose card would be printed: those who never came and hold no card that still works.

    Raises what `ticked_people` raises.
    """
    ticked = ticked_people(session, by=by, account_ids=account_ids, today=today)
    never = set(enrolment.never_came(session, of=by, account_ids=ticked.ids))
    out = {one.id: "déjà venu\u00a0: sa carte sert" for one in ticked.people if one.id not in never}
    given = cards_paper.people_with_cards(session, of=by, account_ids=sorted(never), now=now)
    out |= {one.id: "a déjà une carte, pas encore utilisée" for one in given}
    return ticked.sorted_reach(left_out=out)


def sheets_reach(session: Session, *, by: Actor, account_ids: Collection[str], today: date) -> Reach:
    """Return whose sheet would be printed. Raises what `ticked_people` raises."""
    return ticked_people(session, by=by, account_ids=account_ids, today=today).sorted_reach()


def printed_sheets(session: Session, key: str, *, by: Actor, now: datetime) -> FileToBuild:
    """Return a PDF with one sheet a person. It is logged, and each person can see it.

    It holds what the list shows and nothing that the young person wrote. Raises TooManyPapers, NobodyReached, what
    `ticked_people` raises.
    """
    ids, today = people_of_key(key), days.local_day(now)
    if len(ids) > policy.PRINTED_AT_ONCE:
        raise TooManyPapers
    reach = sheets_reach(session, by=by, account_ids=ids, today=today)
    reach.check_shown(reach.version)
    rows = {
        row.account_id: row for row in session.exec(select(Progress).where(col(Progress.account_id).in_(reach.ids)))
    }
    read = _sheet_data(session, reach.ids, by=by, today=today, now=now)
    audit.note_act(session, by=by, act="people sheets printed", why=f"{len(reach.ids)}", now=now)
    views.note_views(session, by=by, whom_ids=reach.ids, what="printed", now=now)
    sheets = [_one_sheet(one, rows[one.id], read, today=today) for one in reach.receivers if one.id in rows]
    printed_on = days.shown_day(today, today=today)
    data = {"sheets": sheets, "on": printed_on, "look": {"fallbacks": typeset.FALLBACK_FONTS}}
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _SHEET, data))


def _sheet_data(session: Session, ids: Collection[str], *, by: Actor, today: date, now: datetime) -> _SheetData:
    """Read the rest in five queries."""
    known = vocabulary.step_choices()
    open_step = (col(NextStep.done_at).is_(None), col(NextStep.withdrawn_at).is_(None))
    coming = (col(Appointment.day) >= today, col(Appointment.withdrawn_at).is_(None), Appointment.outcome == "")
    meetings = session.exec(
        select(Appointment)
        .where(col(Appointment.account_id).in_(ids), *coming, col(Appointment.accepted).is_not(False))
        .order_by(col(Appointment.day).desc(), col(Appointment.start).desc())
    )
    advisers = permissions.adviser_colleagues(session, of=by, today=today)
    return _SheetData(
        enrolled={
            one.account_id: one for one in session.exec(select(Enrolment).where(col(Enrolment.account_id).in_(ids)))
        },
        views={
            one.account_id: one
            for one in session.exec(
                select(AlertView).where(col(AlertView.account_id).in_(ids), AlertView.by_id == by.id)
            )
        },
        steps={
            one.account_id: known[one.key].phrase
            for one in session.exec(select(NextStep).where(col(NextStep.account_id).in_(ids), *open_step))
            if one.key in known
        },
        meetings={one.account_id: one for one in meetings},
        advisers={one.id: f"{one.first_name} {one.last_name}".strip() for one in advisers},
    )


def _one_sheet(person: ChosenPerson, row: Progress, read: _SheetData, *, today: date) -> dict[str, object]:
    enrolled, view, meeting = read.enrolled.get(person.id), read.views.get(person.id), read.meetings.get(person.id)
    month = enrolled.birth_month if enrolled else ""
    last = days.local_day(row.last_activity_at)
    facts = {
        "Téléphone": contact.phone_shown(enrolled.phone) if enrolled and enrolled.phone else "",
        "Mois de naissance": dates.month_shown(month) if month else "",
        "Suivi par": read.advisers.get(person.adviser_id or "", ""),
        "Étape": stages.STAGES[row.stage],
        "CV": stages.CV_STATES[row.cv_state],
        "Dernière activité": days.shown_day(last, today=today) if last else "jamais connecté",
        "Prochaine étape": read.steps.get(person.id, ""),
        "Prochain rendez-vous": when_shown(meeting.day, meeting.start, today=today) if meeting else "",
    }
    shown = alerts.kept_alerts(row, keys=view.alerts if view else row.alerts, today=today)
    return {
        "name": f"{person.first_name} {person.last_name}".strip(),
        "facts": [[name, value] for name, value in facts.items() if value],
        "alerts": [f"{one.title}. {one.gesture}." for one in shown],
    }
