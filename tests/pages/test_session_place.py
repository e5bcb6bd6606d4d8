"""« La séance » through its page: outside of any session it leads to the door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models, works
from clicnjob.jobs import choices, interests
from clicnjob.models import (
    Account,
    Organisation,
    ParticipantState,
    Role,
    Workshop,
    WorkshopParticipant,
    WorkshopProgress,
)
from clicnjob.paths import PAGES
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import pushing
from clicnjob.workshops.records import portfolio
from tests.conftest import count_queries, person
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, Open, check, html

SignInAs = Callable[[Role | None], Account | None]

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


def test_outside_of_a_session_the_page_leads_to_the_door(open_page: Open) -> None:
    assert 'href="/rejoindre"' in html(open_page("young/workshop.py", Role.YOUNG))


def in_session(sign_in: SignInAs, role: Role, file: str, activity: str = "cv.guide") -> AppTest:
    """Somebody who was let into a running session, in front of a page."""
    found = sign_in(role)
    assert found is not None
    with db.write_transaction() as session:
        trainer = person(session, Role.TRAINER, organisation_id=_structure(session))
        made = lifecycle.begin_workshop(session, by=trainer, kind="cv", now=models.utc_now())
        admitted = {"state": ParticipantState.ADMITTED, "first_name": "Zoé", "guest": role is Role.GUEST}
        session.add(WorkshopParticipant(workshop_id=made, account_id=found.id, **admitted))
        led = {"by": trainer, "workshop_id": made, "now": models.utc_now()}
        pushing.push_activity(session, **led, activity=activity)
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=20)


def _structure(session: Session) -> str:
    session.add(made := Organisation(name="Ici"))
    session.flush()
    return made.id


def test_the_guide_tells_the_board_at_which_step_a_participant_is(sign_in: SignInAs) -> None:
    in_session(sign_in, Role.GUEST, "young/guide.py").run()
    with db.read_transaction() as session:
        row = session.exec(select(WorkshopProgress)).one()
    assert (row.step, row.steps) >= (1, 5)
    assert row.step_title


def progress_row() -> WorkshopProgress | None:
    with db.read_transaction() as session:
        return session.exec(select(WorkshopProgress)).first()


def test_the_quiz_tells_its_step_and_its_end(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/interests.py", "metiers.gouts").run()
    first = progress_row()
    statements = interests.quiz_statements()
    assert first is not None
    assert (first.step, first.steps, first.done_at) == (1, len(statements), None)
    with db.write_transaction() as session:
        guest = session.exec(select(Account).where(Account.role == Role.GUEST)).one()
        for one in statements:
            choices.answer_statement(
                session, by=guest, statement=one.cle, liking="bof", operation=works.new_operation()
            )
    page.run()
    last = progress_row()
    assert last is not None
    assert (last.step, last.done_at is not None) == (len(statements), True)


def test_a_page_that_the_trainer_did_not_send_tells_nothing(sign_in: SignInAs) -> None:
    in_session(sign_in, Role.GUEST, "young/interests.py", "cv.guide").run()
    assert progress_row() is None


def test_telling_a_step_costs_no_query_outside_of_a_session(sign_in: SignInAs, database: Engine) -> None:
    sign_in(Role.YOUNG)
    script = (
        "from clicnjob.ui.shell import session_strip\n"
        "session_strip.note_step('young/jobs.py', step=1, steps=2, done=True)"
    )
    with count_queries(database, 1):  # who is there, which every page has asked before
        assert not AppTest.from_string(script).run().exception


def test_only_the_pages_of_a_participant_follow_a_session(sign_in: SignInAs, open_page: Open) -> None:
    for file in ("young/path.py", "young/jobs.py", "young/workshop.py"):
        assert pieces(open_page(file, Role.YOUNG)) == 0
    assert [pieces(in_session(sign_in, Role.GUEST, file).run()) for file in ("young/path.py", "young/workshop.py")] == [
        1,
        1,
    ]


def pieces(page: AppTest) -> int:
    """How many pieces of this page follow a session."""
    return sum(one.proto.id.endswith("session-push") for one in page.get("bidi_component"))


def test_who_left_by_themselves_is_not_told_that_the_session_is_over(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/workshop.py").run()
    page.button("leave-session").click().run()
    check(page, Role.GUEST)
    assert page.title[0].value == "Tu n’es pas dans une séance"


def test_a_pushed_lesson_opens_at_itself_and_tells_the_board_its_screens(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/workshop.py", activity="lecon.un-mot-de-passe").run()
    page.button("open-activity-1").click().run()
    page.switch_page(str(PAGES / "young/lesson.py")).run()  # AppTest forgets a change of page at the next run
    assert page.title[0].value == "Deux mots de passe"
    with db.read_transaction() as session:
        row = session.exec(select(WorkshopProgress)).one()
    assert (row.activity, row.step, row.steps) == ("lecon.un-mot-de-passe", 1, 7)


def test_another_lesson_than_the_pushed_one_tells_the_board_nothing(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/lesson.py", activity="lecon.un-mot-de-passe")
    page.session_state["lesson"] = "joindre-un-fichier"
    page.run()
    with db.read_transaction() as session:
        assert session.exec(select(WorkshopProgress)).all() == []


def test_the_page_of_the_session_that_is_sent_opens_at_its_first_question(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/workshop.py", activity="portefeuille")
    page.session_state["portfolio_step"] = 5  # the whole page of an earlier session
    page.run().button("open-activity-1").click().run()
    page.switch_page(str(PAGES / "young/portfolio.py")).run()
    assert page.title[0].value == "Qu’est-ce que tu as fait\u00a0?"


def test_a_guest_who_wrote_their_page_is_led_to_it_at_the_end(sign_in: SignInAs) -> None:
    page = in_session(sign_in, Role.GUEST, "young/workshop.py", activity="portefeuille")
    with db.write_transaction() as session:
        guest = session.exec(select(Account).where(Account.role == Role.GUEST)).one()
        portfolio.choose_next_step(session, by=guest, sentence="Rappeler.", now=models.utc_now())
        workshop = session.exec(select(Workshop)).one()
        trainer = session.exec(select(Account).where(Account.role == Role.TRAINER)).one()
        lifecycle.end_workshop(session, by=trainer, workshop_id=workshop.id, now=models.utc_now())
    shown = page.run()
    assert shown.button("write-page").label == "Voir ma page"
    assert "Tu n’as rien à emporter." not in [one.value for one in shown.text]
