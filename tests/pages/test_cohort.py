"""The adviser's pages with people in them: what is shown to whom, what a forged or foreign id answers, hostile words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.cohort.progress import refreshing
from clicnjob.cohort.progress.overview import CohortFilters, only_filter
from clicnjob.cohort.support import appointments, case_closure, comments, help_requests, lists, next_steps
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.demo import people as demo
from clicnjob.models import (
    Account,
    Appointment,
    AuditEvent,
    Card,
    ErasurePlan,
    ErasureWhy,
    NextStep,
    Note,
    Role,
    RoleHeld,
    SignIn,
    ThreadMessage,
)
from tests import make
from tests.cohort_people import TODAY
from tests.conftest import count_queries
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

HOSTILE = "<img src=x onerror=alert(1)> **gras** [lien](http://x) é’"
# The sign-in, the row computed anew, the look written down, one for each thing on the sheet: bounded, not tuned.
QUERIES_OF_A_SHEET = 54

SignInAs = Callable[[Role | None], Account | None]


def page_of(file: str, **session: Any) -> AppTest:
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=30)
    for key, value in session.items():
        page.session_state[key] = value
    return page


def signed_in(sign_in: SignInAs, role: Role) -> Account:
    found = sign_in(role)
    assert found is not None
    return found


def young(by: Account, first_name: str = "Lina", last_name: str = "Morel") -> str:
    """A young person of that adviser, with a CV, who asked for help."""
    with db.write_transaction() as session:
        account, _ = people.enrol_young(
            session, by=by, first_name=first_name, last_name=last_name, now=models.utc_now()
        )
        card = session.exec(select(Card).where(Card.account_id == account.id)).one()
        card.pin_chosen_at = models.utc_now()
        demo.fill_bag(session, account, *make.whole())
        help_requests.ask_for_help(session, by=account, word=HOSTILE, now=models.utc_now())
        comments.add_comment(
            session, by=by, account_id=account.id, section="etudes", words=HOSTILE, today=TODAY, now=models.utc_now()
        )
        refreshing.refresh_progress(session, [account.id], now=models.utc_now())
        return account.id


def open_at(page: AppTest, account_id: str) -> AppTest:
    """Run once to bind the session to the sign-in, then open a person."""
    page.run()
    page.session_state["person"] = account_id
    return page.run()


@pytest.mark.parametrize("part", ["suivi", "cv", "candidatures", "echanges", "imilo", "dossier"])
def test_every_part_of_a_sheet_shows_what_all_pages_must(sign_in: SignInAs, database: Engine, part: str) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    page = page_of("adviser/person.py").run()
    account_id = young(claire)
    page.session_state["person"], page.session_state["person_part"] = account_id, part
    page.session_state["person_noted"] = frozenset({(account_id, "file")})  # as when it was opened from the list
    with count_queries(database, QUERIES_OF_A_SHEET):
        page.run()
    check(page, Role.ADVISER)
    assert page.title[0].value == "Lina Morel"
    assert "<img src=x" not in html(page)
    assert not any(HOSTILE in element.value for element in page.markdown)


def test_the_cohort_page_counts_its_people(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    young(claire)
    page = page_of("adviser/cohort.py").run()
    check(page, Role.ADVISER)
    assert page.button("figure-all").label == "Tous\u00a0: 1"
    assert page.button("figure-contact").label == "À contacter\u00a0: 1"


def test_an_unknown_and_a_foreign_person_answer_alike(sign_in: SignInAs) -> None:
    other = signed_in(sign_in, Role.ADVISER)
    foreign = young(other)
    signed_in(sign_in, Role.ADVISER)  # somebody of another structure sits down
    shown = [texts(open_at(page_of("adviser/person.py"), account_id)) for account_id in (foreign, "unknown", "")]
    assert shown[0] == shown[1] != shown[2]
    assert any("confié à un collègue" in text for text in shown[0])
    assert any("Aucune fiche ouverte" in text for text in shown[0])


def test_a_colleague_does_not_open_the_sheet_and_the_head_does(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    for role, title in ((Role.ADVISER, "Aucune fiche ouverte"), (Role.HEAD, "Lina Morel")):
        colleague = signed_in(sign_in, role)
        with db.write_transaction() as session:
            session.merge(colleague).organisation_id = claire.organisation_id
        assert open_at(page_of("adviser/person.py"), account_id).title[0].value == title


def test_projected_no_name_and_no_content_is_on_any_part(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == claire.id)).one().projected = True
    for part in ("suivi", "cv", "candidatures", "echanges", "imilo", "dossier"):
        page = page_of("adviser/person.py").run()
        page.session_state["person"], page.session_state["person_part"] = account_id, part
        page.run()
        assert page.title[0].value == "L. M."
        said = " ".join(texts(page))
        assert "Lina" not in said and "Morel" not in said and "gras" not in said


def test_projected_what_was_written_in_one_s_own_words_is_hidden(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id, named = young(claire), "Lina Morel part en cure"
    with db.write_transaction() as session:
        next_steps.propose_step(
            session, by=claire, account_id=account_id, key="cv", word=named, today=TODAY, now=models.utc_now()
        )
        plan = AppointmentPlan(date.today() + timedelta(days=1), time(14), 30, "sur_place", named, named)
        appointments.propose_appointment(
            session, by=claire, account_id=account_id, plan=plan, today=date.today(), now=models.utc_now()
        )
        session.exec(select(Appointment)).one().day = date.today()  # what is to come is not yet on « Suivi »
        case_closure.close_case(
            session, by=claire, account_id=account_id, reason="autre", comment=named, today=TODAY, now=models.utc_now()
        )
    for projected in (False, True):
        with db.write_transaction() as session:
            session.exec(select(SignIn).where(SignIn.account_id == claire.id)).one().projected = projected
        for part in ("suivi", "echanges", "dossier"):
            page = page_of("adviser/person.py").run()
            page.session_state["person"], page.session_state["person_part"] = account_id, part
            assert (named in f"{html(page.run())} {' '.join(texts(page))}") is not projected, part


def test_projected_a_name_typed_before_is_taken_off_and_a_list_of_names_is_not_shown(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    page = page_of("adviser/cohort.py").run()
    page.session_state["cohort_filters"] = CohortFilters(search="Lina Morel")
    assert "Lina Morel" in html(page.run())
    with db.write_transaction() as session:
        session.exec(select(SignIn).where(SignIn.account_id == claire.id)).one().projected = True
        session.add(ErasurePlan(account_id=account_id, why=ErasureWhy.ASKED, due_at=models.utc_now()))
    page.run()
    assert "Lina" not in html(page) and not page.session_state["cohort_filters"].search
    kept = page_of("adviser/keeping.py").run()
    check(kept, Role.ADVISER)
    assert "Lina" not in " ".join(texts(kept))


def test_opening_a_sheet_is_written_down_and_refused_for_a_foreign_one(sign_in: SignInAs) -> None:
    other = signed_in(sign_in, Role.ADVISER)
    foreign = young(other)
    claire = signed_in(sign_in, Role.ADVISER)
    mine = young(claire)
    imports = "from clicnjob.ui.adviser.person import link\nfrom clicnjob.ui.shell import signed_in\n"
    script = imports + "signed_in.present_now()\nlink.choose_person('{id}')"
    for account_id in (mine, foreign):
        AppTest.from_string(script.format(id=account_id)).run()
    with db.read_transaction() as session:
        lines = session.exec(select(AuditEvent).where(AuditEvent.act == "file opened")).all()
    assert [(line.by_id, line.whom_id) for line in lines] == [(claire.id, mine)]


def test_a_sheet_that_a_tab_remembers_is_written_down_once_like_one_that_is_opened(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    mine = young(claire)
    page = open_at(page_of("adviser/person.py"), mine)
    page.run()
    with db.read_transaction() as session:
        opened = select(AuditEvent).where(AuditEvent.act == "file opened", AuditEvent.why == "file")
        lines = session.exec(opened).all()
    assert [(line.by_id, line.whom_id) for line in lines] == [(claire.id, mine)]


def test_an_empty_comment_is_refused_in_words(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    page = page_of("adviser/person.py").run()
    page.session_state["person"], page.session_state["person_part"] = account_id, "cv"
    page.run()
    page.text_area(f"comment-words-{account_id}").set_value("  \u200b ")
    page.button("comment-say").click().run()
    with db.read_transaction() as session:
        account = session.get(Account, account_id)
        assert account is not None
        assert len(comments.of_young(session, of=account)) == 1
    assert "Il n’y a rien d’écrit. Écrivez une phrase." in html(page)


def test_the_young_person_sees_the_comment_beside_its_questions(sign_in: SignInAs) -> None:
    zoe = signed_in(sign_in, Role.YOUNG)
    with db.write_transaction() as session:
        said = models.Comment(account_id=zoe.id, by_id="x", section="identite", text=HOSTILE)
        session.add(said)
    page = page_of("young/guide.py").run()
    check(page, Role.YOUNG)
    assert any(element.value == HOSTILE for element in page.text)
    page.button(f"settle-{said.id}").click().run()
    assert not any(element.value == HOSTILE for element in page.text)


def test_the_same_step_is_proposed_to_a_whole_list(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    people = [young(claire), young(claire, "Samir", "Kaci")]
    with db.write_transaction() as session:
        made = lists.make_list(session, by=claire, name="Jeudi matin")
        lists.add_to_list(session, by=claire, list_id=made, account_ids=people, today=TODAY)
    page = page_of("adviser/cohort.py").run()
    page.session_state["cohort_filters"] = only_filter(list_id=made)
    assert "Toute la liste" in html(page.run())
    page.button("many-step").click().run()
    check(page, Role.ADVISER)
    page.text_input("many-step-word").set_value("Pour jeudi")
    page.button("many-step-go").click().run()
    with db.read_transaction() as session:
        found = session.exec(select(NextStep)).all()
    assert {one.account_id for one in found} == set(people) and {one.word for one in found} == {"Pour jeudi"}
    assert "proposée à 2 jeunes" in html(page)


def test_deleting_the_open_list_shows_everybody_again(sign_in: SignInAs) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    young(claire)
    with db.write_transaction() as session:
        made = lists.make_list(session, by=claire, name="Jeudi matin")
    page = page_of("adviser/cohort.py").run()
    page.session_state["cohort_filters"], page.session_state["lists"] = only_filter(list_id=made), True
    assert "Personne ne correspond" in html(page.run())
    page.button(f"list-drop-{made}").click().run()
    assert "1 jeune" in html(page) and "Personne ne correspond" not in html(page)


def test_an_appointment_by_telephone_is_proposed_from_the_sheet(sign_in: SignInAs) -> None:
    """It has no box for a place, so that its form reads one box less."""
    claire = signed_in(sign_in, Role.ADVISER)
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = "echanges"
    open_at(page, young(claire))
    next(each for each in page.button_group if each.label == "Comment").set_value("telephone").run()
    page.button("appointment-propose").click().run()
    assert not page.exception
    with db.read_transaction() as session:
        assert session.exec(select(Appointment.kind)).all() == ["telephone"]


@pytest.mark.parametrize(
    ("part", "box", "button"), [("suivi", "note", "note-write"), ("echanges", "thread", "thread-send")]
)
def test_a_form_that_was_drawn_before_its_person_lost_the_role_writes_nothing(
    sign_in: SignInAs, part: str, box: str, button: str
) -> None:
    claire = signed_in(sign_in, Role.ADVISER)
    account_id = young(claire)
    page = page_of("adviser/person.py").run()
    page.session_state["person_part"] = part
    open_at(page, account_id)
    page.text_area(f"{box}-words-{account_id}").input("Bonjour à toi")
    with db.write_transaction() as session:
        for held in session.exec(select(RoleHeld).where(RoleHeld.account_id == claire.id)):
            held.role = Role.TRAINER
        session.get_one(Account, claire.id).role = Role.TRAINER
    page.button(button).click().run()
    assert not page.exception and "Cette page n’existe pas, ou elle est à quelqu’un d’autre." in html(page)
    with db.read_transaction() as session:
        assert not session.exec(select(Note)).all() and not session.exec(select(ThreadMessage)).all()
