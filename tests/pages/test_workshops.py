"""« Séances de groupe » through its page: two gestures, names hidden while it runs, ticks after, the line to copy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.models import (
    SUPPORT_ROLES,
    Account,
    Attendance,
    ParticipantState,
    Role,
    SignIn,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.ui.shell import navigation
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, Open, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

FILE = "trainer/workshops.py"
SignInAs = Callable[[Role | None], Account | None]


@pytest.fixture
def page(sign_in: SignInAs) -> AppTest:
    """A trainer whose structure has two young people and an adviser, in front of the page."""
    trainer = sign_in(Role.TRAINER)
    assert trainer is not None
    with db.write_transaction() as session:
        for first, last in (("Zoé", "Bâ"), ("Ali <b>", "Kaci")):
            people.enrol_young(session, by=trainer, first_name=first, last_name=last, now=models.utc_now())
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()


def begun(page: AppTest, kind: str = "cv") -> AppTest:
    page.button(f"kind-{kind}").click().run()
    page.button("begin-chosen").click().run()
    return page


def ended(page: AppTest, minutes: int | None = 90) -> AppTest:
    begun(page).button("end").click().run()
    if minutes:
        minutes_box(page).set_value(str(minutes)).run()
    return page


def minutes_box(page: AppTest) -> TextInput:
    return next(box for box in page.text_input if box.label.startswith("Minutes"))


def named(page: AppTest) -> AppTest:
    """The projector is off: names may show."""
    return page.button("names").click().run()


def ticks(page: AppTest) -> dict[str, bool]:
    return {box.label.replace("\\", ""): bool(box.value) for box in page.checkbox}


@pytest.mark.parametrize("role", sorted(SUPPORT_ROLES))
def test_a_session_begins_in_two_gestures(open_page: Open, role: Role) -> None:
    page = begun(open_page(FILE, role))
    check(page, role)
    assert page.title[0].value == "Les CV"
    assert "Les noms sont cachés sur cet écran." in html(page)
    assert page.button("project").label == "Montrer les noms"


def test_own_words_are_asked_for_something_else(page: AppTest) -> None:
    page.button("kind-autre").click().run()
    page.button("begin-own").click().run()
    assert "Donnez un titre à la séance." in html(page)
    page.text_input("workshop-title").input("Visite **du** CFA")
    page.button("begin-own").click().run()
    check(page, Role.TRAINER)
    assert page.title[0].value == "Visite \\*\\*du\\*\\* CFA"


def test_the_header_switch_still_switches(page: AppTest) -> None:
    begun(page).button("project").click().run()
    assert page.button("project").label == "Mode projection"
    assert "Attention\u00a0: les noms se voient ici." in html(page)


def test_no_name_comes_up_by_itself_at_the_end_while_the_projector_may_still_be_on(page: AppTest) -> None:
    ended(page)
    assert not page.checkbox and "Éteignez d’abord le projecteur." in " ".join(texts(page))
    assert ticks(named(page))


def test_after_it_names_are_ticked_and_kept_at_once(page: AppTest) -> None:
    named(ended(page))
    check(page, Role.TRAINER)
    assert ticks(page) == {"Zoé Bâ": False, "Ali <b> Kaci": False}
    page.checkbox[0].check().run()
    with db.read_transaction() as session:
        assert len(session.exec(select(Attendance)).all()) == 1
    assert sum(ticks(page).values()) == 1 and "Qui était là\u00a0: 1" in texts(page)
    page.checkbox[0].uncheck().run()
    with db.read_transaction() as session:
        assert session.exec(select(Attendance)).all() == []


def test_a_search_keeps_who_is_ticked_in_sight(page: AppTest) -> None:
    named(ended(page))
    next(box for box in page.checkbox if "Zoé" in box.label).check().run()
    page.text_input("attendance-search").input("kaci").run()
    assert ticks(page) == {"Zoé Bâ": True, "Ali <b> Kaci": False}


def test_the_line_is_ready_to_copy(page: AppTest) -> None:
    ended(page, 89)
    assert any("Séance de groupe, travail sur le CV (" in text for text in texts(page))
    assert "Projet professionnel\u00a0: 75 minutes" in texts(page)


def test_too_short_a_session_has_nothing_to_copy(page: AppTest) -> None:
    ended(page, None)
    check(page, Role.TRAINER)
    assert minutes_box(page).value == "" and not any("Séance de groupe, travail" in text for text in texts(page))


def test_projected_no_name_is_shown_after_it(page: AppTest) -> None:
    ended(page)
    page.button("project").click().run()
    check(page, Role.TRAINER)
    assert "Quittez-le d’abord" in page.info[0].value
    assert not page.checkbox and "Zoé" not in " ".join(texts(page)).replace("cj-who", "").replace(">Zoé<", "")


def test_past_sessions_are_a_table_and_open_again(page: AppTest) -> None:
    ended(page).button("back").click().run()
    check(page, Role.TRAINER)
    assert '<th scope="row">' in html(page) and "90\u00a0min" in html(page)
    page.selectbox[0].select_index(0).run()
    assert minutes_box(page).value == "90"


def test_the_bar_leads_back_to_the_list_from_a_past_session(page: AppTest) -> None:
    ended(page)
    assert page.title[0].value == "Les CV"
    page.query_params.clear()  # as the link « Séances » of the bar does
    assert page.run().title[0].value == "Séances de groupe"


def test_guests_are_counted_at_once_and_named_when_the_projector_is_off(page: AppTest) -> None:
    begun(page)
    with db.write_transaction() as session:
        workshop_id = session.exec(select(Workshop.id)).one()
        for name in ("Kenza", "Sam"):
            session.add(
                WorkshopParticipant(
                    workshop_id=workshop_id, first_name=name, guest=True, state=ParticipantState.ADMITTED
                )
            )
    page.button("end").click().run()
    assert "Et 2 invités sans carte. Sur la feuille à signer, pas dans i-milo." in texts(page)
    assert "Et 2 invités sans carte\u00a0: Kenza, Sam. Sur la feuille à signer, pas dans i-milo." in texts(named(page))


def test_a_trainer_who_follows_nobody_starts_with_the_sessions() -> None:
    assert navigation.pages_of(frozenset({Role.TRAINER}))[0].file == FILE
    assert navigation.pages_of(frozenset({Role.TRAINER, Role.ADVISER}))[0].file == "adviser/cohort.py"


def test_a_session_begun_by_mistake_leaves_nothing(page: AppTest) -> None:
    begun(page).button("cancel").click().run()
    assert page.title[0].value == "Séances de groupe"
    with db.read_transaction() as session:
        assert session.exec(select(Workshop)).all() == []


def test_a_forged_id_opens_nothing(page: AppTest) -> None:
    page.session_state["workshop"] = "inconnue"
    assert page.run().title[0].value == "Séances de groupe"


def test_the_group_quiz_offers_a_session_and_says_when_one_runs(open_page: Open) -> None:
    page = open_page("trainer/group_quiz.py", Role.TRAINER)
    page.button("begin").click().run()
    check(page, Role.TRAINER)
    assert any(text.startswith("Séance en cours depuis") for text in texts(page))
    with db.read_transaction() as session:
        assert session.exec(select(Workshop.kind)).one() == "test"
        assert not session.exec(select(SignIn.projected)).one()
