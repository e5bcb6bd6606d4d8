"""« La séance » through its page: outside of any session it leads to the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.models import (
    Account,
    Organisation,
    ParticipantState,
    Role,
    SignIn,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import pushing
from tests.conftest import person
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, Open, check, html

SignInAs = Callable[[Role | None], Account | None]

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


def test_outside_of_a_session_the_page_leads_to_the_door(open_page: Open) -> None:
    assert 'href="/rejoindre"' in html(open_page("young/workshop.py", Role.YOUNG))


def in_session(sign_in: SignInAs, role: Role, file: str) -> AppTest:
    """Somebody who was let into a running session, in front of a page of their tab that knows it."""
    found = sign_in(role)
    assert found is not None
    with db.write_transaction() as session:
        trainer = person(session, Role.TRAINER, organisation_id=_structure(session))
        made = lifecycle.begin_workshop(session, by=trainer, kind="cv", now=models.utc_now())
        admitted = {"state": ParticipantState.ADMITTED, "first_name": "Zoé", "guest": role is Role.GUEST}
        session.add(WorkshopParticipant(workshop_id=made, account_id=found.id, **admitted))
        led = {"by": trainer, "workshop_id": made, "now": models.utc_now()}
        pushing.push_activity(session, **led, activity="cv.guide")
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=20).run()
    page.session_state["in_workshop"] = True  # as « La séance » sets it; a new tab begins without
    return page


def _structure(session: Session) -> str:
    session.add(made := Organisation(name="Ici"))
    session.flush()
    return made.id


def test_the_guide_tells_the_board_at_which_step_a_participant_is(sign_in: SignInAs) -> None:
    in_session(sign_in, Role.GUEST, "young/guide.py").run()
    with db.read_transaction() as session:
        row = session.exec(select(WorkshopProgress)).one()
        person_row = session.exec(select(WorkshopParticipant)).one()
    assert (row.step, row.steps) >= (1, 5)
    assert row.step_title
    assert person_row.alive_at is not None, "a screen on any page counts as connected"


def test_an_admitted_guest_who_only_listens_stays_signed_in(sign_in: SignInAs) -> None:
    page, long_ago = in_session(sign_in, Role.GUEST, "young/path.py"), models.utc_now() - timedelta(minutes=10)
    with db.write_transaction() as session:
        session.exec(select(SignIn)).one().seen_at = long_ago
    page.session_state["alive_written_at"] = 0.0  # it is written every few seconds only
    page.run()
    with db.read_transaction() as session:
        assert session.exec(select(SignIn.seen_at)).one() > long_ago + timedelta(minutes=9)


def test_who_left_by_themselves_is_not_told_that_the_session_is_over(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/workshop.py").run()
    page.button("leave-session").click().run()
    check(page, Role.GUEST)
    assert page.title[0].value == "Tu n’es pas dans une séance"
