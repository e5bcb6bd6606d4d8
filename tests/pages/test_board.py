"""« Séance en direct » through its page: who may open it, what it sends, what it shows of answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import presence
from clicnjob.models import (
    Account,
    GroupAnswer,
    GroupQuestion,
    ParticipantState,
    Role,
    SignIn,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.ui.widgets import workshop_board
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import answers, questions
from tests.conftest import person
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

FILE = "trainer/board.py"
SignInAs = Callable[[Role | None], Account | None]


@pytest.fixture
def trainer(sign_in: SignInAs) -> Account:
    """A trainer with a running session and three people in it."""
    found = sign_in(Role.TRAINER)
    assert found is not None
    with db.write_transaction() as session:
        actor = presence.acting_person(session, found.id, now=models.utc_now())
        made = lifecycle.begin_workshop(session, by=actor, kind="cv", now=models.utc_now())
        for name in ("Ana", "Bilal", "Chloé"):
            account = person(session, Role.YOUNG, first_name=name, organisation_id=found.organisation_id)
            session.add(
                WorkshopParticipant(
                    workshop_id=made, account_id=account.id, first_name=name, state=ParticipantState.ADMITTED
                )
            )
    return found


@pytest.fixture
def page(trainer: Account) -> AppTest:
    return opened()


def opened() -> AppTest:
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=FILE), default_timeout=20).run()


def running() -> Workshop:
    with db.read_transaction() as session:
        return session.exec(select(Workshop)).one()


def chosen(page: AppTest, panel: str) -> AppTest:
    return next(one for one in page.button_group if one.key == "board-panel").set_value(panel).run()


def test_without_a_session_it_says_where_to_begin_one(sign_in: SignInAs) -> None:
    sign_in(Role.TRAINER)
    page = opened()
    check(page, Role.TRAINER)
    assert "Aucune séance n’est en cours." in texts(page)


def test_a_session_ends_from_every_panel_of_the_board_at_a_second_touch(page: AppTest) -> None:
    for panel in ("Question", "Groupes", "Places", "Envoyer"):
        assert any(button.key == "board-end-go" for button in chosen(page, panel).button), panel
    page.button("board-end-go").click().run()
    assert running().ended_at is not None
    assert page.session_state["workshop"] == running().id, "its page opens, to note who was there"


def test_the_board_says_who_is_there_with_one_title(page: AppTest) -> None:
    check(page, Role.TRAINER)
    assert page.title[0].value == "Les CV"
    assert "3 jeunes" in html(page)


def test_an_activity_goes_to_everybody(page: AppTest) -> None:
    page.selectbox("push-activity").set_value("cv.page").run()
    page.button("push-send").click().run()
    assert (running().activity, running().activity_for) == ("cv.page", [])
    assert "L’activité est envoyée." in html(page)


def test_timer_and_call_to_look_up_are_each_one_touch(page: AppTest) -> None:
    page.button("timer-5").click().run()
    assert running().timer_ends_at is not None
    page.button("timer-stop").click().run()
    page.button("look").click().run()
    assert running().timer_ends_at is None and running().paused_until is not None
    page.button("look-end").click().run()
    assert running().paused_until is None


def test_the_projector_is_lit_and_darkened(page: AppTest) -> None:
    page.button("wall-on").click().run()
    assert running().projector_digest
    page.button("wall-off").click().run()
    assert not running().projector_digest


def test_groups_are_drawn_and_their_names_are_initials_while_names_are_hidden(page: AppTest) -> None:
    chosen(page, "Groupes").button("draw-2").click().run()
    assert any(line.startswith("Groupe 1") for line in texts(page))
    assert "Bilal" not in " ".join(texts(page))


def test_answers_are_read_before_they_are_shown_and_a_coarse_one_stays(page: AppTest, trainer: Account) -> None:
    with db.write_transaction() as session:
        now = models.utc_now()
        actor = presence.acting_person(session, trainer.id, now=now)
        made = questions.ask_group(
            session, by=actor, workshop_id=running().id, kind="texte", question="Ça va ?", now=now
        )
        for row, said in zip(session.exec(select(WorkshopParticipant)).all(), ("Oui", "Merde", "**Bof**"), strict=True):
            by = presence.acting_person(session, row.account_id or "", now=now)
            questions.answer_question(session, by=by, question_id=made, written=said, now=now)
    shown = chosen(opened(), "Question")
    assert "À relire\u00a0: Merde" in texts(shown) and "**Bof**" in texts(shown)
    shown.button(f"show-{made}").click().run()
    with db.read_transaction() as session:
        found = answers.projected_question(session, workshop_id=running().id)
    assert found is not None and found.sentences == ("**Bof**", "Oui")


def test_a_question_is_asked_from_the_panel(page: AppTest) -> None:
    chosen(page, "Question")
    page.text_input("group-question").input("On y va ?")
    page.text_area("group-choices").input("Oui\nNon")
    page.button("ask").click().run()
    with db.read_transaction() as session:
        found = answers.projected_question(session, workshop_id=running().id)
    assert found is not None and found.choices == ("Oui", "Non")


def test_the_first_names_come_back_when_the_trainer_asks_for_names(page: AppTest) -> None:
    with db.write_transaction() as session:
        presence.set_projection(session, session.exec(select(SignIn.id)).one(), on=False)
    again = chosen(opened(), "Groupes")
    assert "les prénoms se voient sur cet écran" in html(again)
    again.button("draw-2").click().run()
    assert "Bilal" in " ".join(texts(again))


@pytest.mark.parametrize(
    "sent", ["", "x", "[]", "{}", '{"act": 1}', '{"act": "seen", "whom": "a", "hint": "x"}', "null", "9" * 600]
)
def test_a_forged_gesture_is_nothing(sent: str) -> None:
    assert workshop_board._read_gesture(sent) is None


# --- the same question on a participant's page


def asked_of(sign_in: SignInAs, kind: str, choices: tuple[str, ...] = ()) -> AppTest:
    """A young person in a session, in front of « La séance », with an open question."""
    found = sign_in(Role.YOUNG)
    assert found is not None
    with db.write_transaction() as session:
        now = models.utc_now()
        trainer = person(session, Role.TRAINER, organisation_id=found.organisation_id)
        made = lifecycle.begin_workshop(session, by=trainer, kind="cv", now=now)
        session.add(
            WorkshopParticipant(
                workshop_id=made, account_id=found.id, first_name="Zoé", state=ParticipantState.ADMITTED
            )
        )
        session.flush()
        asked = {"workshop_id": made, "kind": kind, "question": "Ça **va** ?", "choices": choices}
        questions.ask_group(session, by=trainer, **asked, now=now)
    return AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="young/workshop.py"), default_timeout=20).run()


def given() -> list[tuple[str, int | None]]:
    with db.read_transaction() as session:
        return [(row.text, row.choice) for row in session.exec(select(GroupAnswer))]


@pytest.mark.parametrize(("kind", "choices"), [("choix", ("Oui", "Non")), ("echelle", ())])
def test_a_choice_is_one_touch_and_can_be_changed(sign_in: SignInAs, kind: str, choices: tuple[str, ...]) -> None:
    page = asked_of(sign_in, kind, choices)
    check(page, Role.YOUNG)
    assert "Ton nom n’est pas montré." in texts(page)
    for place in (1, 1 if kind == "choix" else 5):
        next(one for one in page.button if one.key.endswith(f"-{place}")).click().run()
        assert given() == [("", place)]
    assert "Tu peux changer ta réponse." in html(page)


@pytest.mark.parametrize(("kind", "most"), [("nuage", 30), ("texte", 140)])
def test_a_written_answer_has_its_bound_and_is_sent_by_one_touch(sign_in: SignInAs, kind: str, most: int) -> None:
    page = asked_of(sign_in, kind)
    box = next(one for one in (*page.text_input, *page.text_area) if one.key.startswith("group-answer"))
    assert box.max_chars == most
    box.input("bien")
    next(one for one in page.button if one.key.startswith("group-send")).click().run()
    assert given() == [("bien", None)]


def seats_of_people() -> list[str | None]:
    with db.read_transaction() as session:
        return list(session.exec(select(WorkshopParticipant.seat_id)))


def test_people_share_a_computer_as_proposed_and_sit_apart_again(page: AppTest) -> None:
    chosen(page, "Places")
    page.number_input("seat-screens").set_value(2).run()
    page.button("sit-as-proposed").click().run()
    check(page, Role.TRAINER)
    assert len(set(seats_of_people())) == 2
    next(one for one in page.button if one.key.startswith("alone-")).click().run()
    assert len(set(seats_of_people())) == 3


def test_a_rehearsal_is_tried_from_a_plan_and_leaves_nothing(sign_in: SignInAs) -> None:
    sign_in(Role.TRAINER)
    plans = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="trainer/plans.py"), default_timeout=20)
    plans.run().button("plan-mon-premier-cv").click().run().button("rehearse-plan").click().run()
    assert running().rehearsal
    assert "dix jeunes inventés" in html(opened())
    home = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file="trainer/workshops.py"), default_timeout=20)
    home.run().button("end").click().run()
    check(home, Role.TRAINER)
    with db.read_transaction() as session:
        assert session.exec(select(Workshop)).all() == []


def test_the_place_offered_is_that_of_the_same_first_name_or_none(page: AppTest) -> None:
    def guest(name: str, state: ParticipantState) -> None:
        with db.write_transaction() as session:
            account = person(session, Role.GUEST, first_name=name)
            workshop_id = session.exec(select(Workshop.id)).one()
            row = {"workshop_id": workshop_id, "account_id": account.id, "first_name": name, "guest": True}
            session.add(WorkshopParticipant(**row, state=state))

    def place() -> str | None:
        page.run()
        return next(one for one in page.selectbox if one.key.startswith("give-which")).value

    guest("Zoé", ParticipantState.WAITING)
    guest("Yann", ParticipantState.ADMITTED)
    assert place() is None
    assert page.button("give-place").disabled
    guest("Zoé", ParticipantState.ADMITTED)
    assert place() is not None
    assert not page.button("give-place").disabled


def test_a_step_offers_its_own_minutes_and_the_last_one_says_where_to_sign(page: AppTest) -> None:
    step = {"titre": "On finit", "minutes": 8, "activite": "oral", "consigne": "Dis un mot.", "dire": "Un mot ?"}
    with db.write_transaction() as session:
        session.exec(select(Workshop)).one().plan = {"etapes": [step]}
    shown = opened()
    shown.button("push-next").click().run()
    assert "En ce moment\u00a0: On finit (8\u00a0min prévues)" in html(shown)
    assert any("La feuille de présence à signer" in line for line in texts(shown))
    shown.button("timer-8").click().run()
    ends_at = running().timer_ends_at
    assert ends_at is not None and ends_at > models.utc_now() + timedelta(minutes=7)


def test_a_step_says_what_to_do_with_fewer_screens_and_without_internet(page: AppTest) -> None:
    step = {"titre": "On relit", "minutes": 8, "activite": "oral", "consigne": "Lis.", "dire": "Lisez."}
    with db.write_transaction() as session:
        session.exec(select(Workshop)).one().plan = {
            "etapes": [{**step, "moins_de_postes": "Par deux."}, {**step, "sans_internet": ""}]
        }
    shown = opened()
    shown.button("push-next").click().run()
    assert "Moins de postes\u00a0: Par deux." in texts(shown)
    assert not any("Sans internet" in line for line in texts(shown))
    shown.button("push-next").click().run()
    assert not any(one.label == "Moins de postes, sans internet" for one in shown.expander)


def test_the_answers_to_the_open_question_are_beside_what_is_sent(page: AppTest) -> None:
    page.button("push-send").click().run()
    chosen(page, "Question")
    page.text_input("group-question").input("On y va ?")
    page.text_area("group-choices").input("Oui\nNon")
    page.button("ask").click().run()
    chosen(page, "Envoyer").button(f"show-{_asked()}").click().run()
    with db.read_transaction() as session:
        found = answers.projected_question(session, workshop_id=running().id)
    assert found is not None and found.shown


def _asked() -> str:
    with db.read_transaction() as session:
        return session.exec(select(GroupQuestion.id)).one()
