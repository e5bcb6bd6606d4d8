"""« Agenda », the form of a sheet and the young person's pages: one journey of an appointment without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.cohort.support import appointment_requests, appointments
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.models import Account, Appointment, AppointmentRequest, Card, Role, SignIn
from clicnjob.privacy import notice
from tests.conftest import count_queries
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

SignInAs = Callable[[Role | None], Account | None]
HOSTILE = "<b>gras</b> **étoile** [lien](http://x)"


def page_of(file: str) -> AppTest:
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=60)


def said(page: AppTest) -> str:
    return f"{html(page)} {' '.join(texts(page))} {' '.join(button.label for button in page.button)}"


def young_of(adviser: Account) -> str:
    with db.write_transaction() as session:
        account, _ = people.enrol_young(session, by=adviser, first_name="Lina", last_name="Morel", now=models.utc_now())
        session.exec(select(Card).where(Card.account_id == account.id)).one().pin_chosen_at = models.utc_now()
        return account.id


def proposed(adviser: Account, account_id: str, day: date, start: time, words: str = HOSTILE) -> str:
    plan = AppointmentPlan(day, start, 30, "sur_place", "Bureau 12", words)
    with db.write_transaction() as session:
        before = datetime.combine(day, time(0)).astimezone()
        return appointments.propose_appointment(
            session, by=adviser, account_id=account_id, plan=plan, today=day, now=before
        )


def project(account: Account, on: bool) -> None:
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == account.id)).one().projected = on


def test_the_agenda_shows_one_s_own_and_no_name_nor_word_when_projected(sign_in: SignInAs, engine: Engine) -> None:
    claire = sign_in(Role.ADVISER)
    assert claire is not None
    account_id, today = young_of(claire), date.today()
    over = proposed(claire, account_id, today, time(7))
    proposed(claire, account_id, today + timedelta(days=1), time(14))
    page = page_of("adviser/agenda.py")
    page.session_state["agenda_view"] = "jour"
    page.run()
    check(page, Role.ADVISER)
    assert "Prochain rendez-vous" in said(page) and "Lina Morel" in said(page) and "Bureau 12" in said(page)
    assert "&lt;b&gt;gras&lt;/b&gt;" in html(page)
    with db.read_transaction() as session:
        begun = appointments.has_begun(today, time(7), now=models.utc_now())
        assert session.get(Appointment, over) is not None
    if begun:  # before seven in the morning, nothing has ended yet
        page.button(f"outcome-venu-{over}").click().run()
        assert page.button(f"outcome-undo-{over}").label == "Annuler"
        page.button(f"outcome-undo-{over}").click().run()
        assert page.button(f"outcome-absent-{over}").label == "Pas venu"
    project(claire, True)
    page.run()
    assert "L. M." in said(page)
    assert not [word for word in ("Lina", "Bureau 12", "gras") if word in said(page)]


@pytest.mark.parametrize("kept", ["", "x", "9999-12-31", "0001-01-01"])
def test_a_day_that_makes_no_sense_is_today(sign_in: SignInAs, kept: str) -> None:
    sign_in(Role.HEAD)
    page = page_of("adviser/agenda.py")
    page.session_state["agenda_day"], page.session_state["agenda_view"] = kept, "autre"
    page.run()
    check(page, Role.HEAD)
    assert ", aujourd’hui" in html(page)


def test_a_young_person_asks_in_two_screens(sign_in: SignInAs) -> None:
    me = sign_in(Role.YOUNG)
    assert me is not None
    page = page_of("young/appointment.py").run()
    assert not page.exception
    offered = [one.key for one in appointment_requests.offered_half_days(date.today())]
    page.button_group[0].set_value([offered[0]])
    page.button("asked-next").click().run()
    assert "Coche deux ou trois moments." in said(page)
    page.button_group[1].set_value([offered[3]])
    page.button("asked-next").click().run()
    assert not page.exception
    page.checkbox[0].check()
    page.button("asked-send").click().run()
    with db.read_transaction() as session:
        kept = session.get(AppointmentRequest, me.id)
        assert kept is not None and kept.reasons == "Parler de mon CV"
        assert kept.half_days.split() == [offered[0], offered[3]]


def test_the_home_reminds_from_two_days_before(sign_in: SignInAs, engine: Engine) -> None:
    claire = sign_in(Role.ADVISER)
    assert claire is not None
    account_id, today = young_of(claire), date.today()
    near = proposed(claire, account_id, today + timedelta(days=2), time(14))
    far = proposed(claire, account_id, today + timedelta(days=3), time(14))
    with db.write_transaction() as session:
        for one in session.exec(select(Appointment)):
            one.accepted = True
        session.exec(select(SignIn)).one().account_id = account_id  # the same browser, now of the young person
        young = session.exec(select(Account).where(Account.id == account_id)).one()
        young.notice_version = notice.current_notice().version
    with count_queries(engine, 40):
        page = page_of("young/path.py").run()
    shown = [button.key for button in page.button]
    assert f"no-{near}" in shown and f"no-{far}" not in shown
