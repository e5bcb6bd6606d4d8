"""What the demonstration's people and their advisers tell each other: messages, calls, appointments, what is shared.

Each adviser has one person for each thing, so that every alert and every screen can be seen. The app's own functions write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlmodel import Session

from clicnjob import models, works
from clicnjob.apply import applications
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.support import appointments, comments, contacts, help_requests, threads
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.learn import records
from clicnjob.models import Account, ConsentTo, LearningKind
from clicnjob.privacy import sharing

_DAY = timedelta(days=1)
_PLACE = "Mission locale, bureau 4"


def make_exchanges(session: Session, people: Sequence[Account], *, now: datetime) -> None:
    """Write the exchanges of each adviser with the people who came; those who did not come too seldom are left alone."""
    for adviser_id in sorted({one.adviser_id for one in people if one.adviser_id}):
        adviser = session.get(Account, adviser_id)
        came = [one for one in people if one.adviser_id == adviser_id and one.seen_at is not None]
        if adviser is None:
            continue
        steps = (
            _write_both_ways,
            _wait_for_an_answer,
            _ask_for_help,
            _call_in_vain,
            _meet_soon,
            _propose_a_day,
            _add_comment,
        )
        for young, act in zip(came, (*steps, _share_applications, _learn_and_share), strict=False):
            with models.fixed_clock(now - _DAY):
                act(session, adviser, young, now)


def _write_both_ways(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    _write_message(
        session, adviser, young, "Bonjour ! Ton CV avance bien. On le relit ensemble jeudi ?", now - 3 * _DAY
    )
    threads.mark_read_by_young(session, by=young, now=now - 2 * _DAY)
    threads.write_to_adviser(session, by=young, words="D’accord, merci. Je viens à 14 h.", now=now - _DAY)


def _wait_for_an_answer(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    _write_message(session, adviser, young, "J’ai une offre de cuisine pour toi. On la regarde ensemble ?", now - _DAY)


def _ask_for_help(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    help_requests.ask_for_help(session, by=young, word="Je ne sais pas quoi écrire pour mon stage", now=now - _DAY)


def _call_in_vain(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    at = now - 2 * _DAY
    contacts.note_contact(
        session, by=adviser, account_id=young.id, outcome="message", remind_on=now.date(), today=at.date(), now=at
    )


def _meet_soon(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    made = _propose_appointment(session, adviser, young, now, ahead=2, start=time(14))
    appointments.answer_appointment(session, by=young, appointment_id=made, accepted=True, now=now - _DAY)


def _propose_a_day(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    made = _propose_appointment(session, adviser, young, now, ahead=5, start=time(10, 30))
    appointments.answer_appointment(session, by=young, appointment_id=made, accepted=False, now=now - _DAY)


def _add_comment(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    at = now - 9 * _DAY
    comments.add_comment(
        session, by=adviser, account_id=young.id, section="experiences",
        words="Tu peux ajouter ton stage de troisième.", today=at.date(), now=at,
    )  # fmt: skip


def _share_applications(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    today = now.date()
    made = applications.add_application(
        session, by=young, title="Employé de libre-service", operation=works.new_operation(), today=today - 11 * _DAY
    )
    applications.move_application(
        session, by=young, application_id=made, state="sent", operation=works.new_operation(), today=today - 11 * _DAY
    )
    refreshing.change_sharing(session, by=young, what=ConsentTo.APPLICATIONS, on=True, now=now - _DAY)


def _learn_and_share(session: Session, adviser: Account, young: Account, now: datetime) -> None:
    for lesson in ("joindre-un-fichier", "ecrire-un-mail"):
        records.finish_content(session, by=young, kind=LearningKind.LESSON, content_id=lesson, now=now - _DAY)
    sharing.keep_obstacle(session, by=young, key="permis", keep=True, operation=works.new_operation(), now=now - _DAY)
    sharing.share_obstacle(session, by=young, key="permis", on=True, now=now - _DAY)
    refreshing.change_sharing(session, by=young, what=ConsentTo.LESSONS, on=True, now=now - _DAY)


def _write_message(session: Session, adviser: Account, young: Account, words: str, at: datetime) -> None:
    threads.write_to_young(session, by=adviser, account_id=young.id, words=words, today=at.date(), now=at)


def _propose_appointment(
    session: Session, adviser: Account, young: Account, now: datetime, *, ahead: int, start: time
) -> str:
    at = now - 2 * _DAY
    plan = AppointmentPlan(now.date() + ahead * _DAY, start, 30, "sur_place", _PLACE)
    return appointments.propose_appointment(
        session, by=adviser, account_id=young.id, plan=plan, today=at.date(), now=at
    )
