"""/tour and /reprendre-ma-place: what the browsers of a shared computer get, and what somebody who guesses gets."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, select
from starlette.testclient import TestClient

from clicnjob import db, models, workshop_policy
from clicnjob.accounts import departures, presence
from clicnjob.demo.people import fill_bag
from clicnjob.models import Account, ParticipantState, SignIn, Workshop, WorkshopParticipant
from clicnjob.web import COOKIE, life
from clicnjob.web.auth import own_seat, turns
from clicnjob.workshops.live import entrance, returning
from tests import make
from tests.web.test_joining import door, knock, people_of

pytest_plugins = ["tests.sign_in_pages"]
__all__ = ["door"]
RETURN = "/reprendre-ma-place"


def enter(browser: TestClient, door: Workshop, name: str) -> WorkshopParticipant:
    """Somebody new at this browser joins and is let in."""
    knock(browser, door.code, name)
    with db.write_transaction() as session:
        trainer = session.get_one(Account, door.by_id)
        entrance.admit_people(session, by=trainer, workshop_id=door.id, now=models.utc_now())
    return people_of(door)[-1]


def pass_on(browser: TestClient) -> str:
    """Leave the computer; gives the code that is shown once."""
    shown = browser.post("/tour")
    found = re.search(r'class="card-number"[^>]*>([^<]+)<', shown.text)
    assert shown.headers["cache-control"].startswith("no-store")
    return found[1].replace("\xa0", "") if found else ""


def who_is_here(browser: TestClient) -> str | None:
    """The first name at the place that this browser is signed in to."""
    from_page = browser.get("/tour")
    return found[1] if (found := re.search(r"<p>(\w+), ton travail est gardé", from_page.text)) else None


def end_session(door: Workshop, *, ago: timedelta) -> None:
    """The session ended so long ago."""
    with db.write_transaction() as session:
        session.exec(update(Workshop).where(col(Workshop.id) == door.id).values(ended_at=models.utc_now() - ago))


def test_a_pair_takes_turns_each_at_their_own_place(browser: TestClient, door: Workshop) -> None:
    ana = enter(browser, door, "Ana")
    code_of_ana = pass_on(browser)
    assert browser.get("/tour").status_code == 303
    bilal = enter(browser, door, "Bilal")
    assert bilal.seat_id == ana.seat_id
    code_of_bilal = pass_on(browser)
    assert browser.post(RETURN, data={"code": code_of_ana}).headers["location"] == "/seance-en-cours"
    assert who_is_here(browser) == "Ana"
    pass_on(browser)
    browser.post(RETURN, data={"code": code_of_bilal})
    assert who_is_here(browser) == "Bilal"
    assert len(people_of(door)) == 2


def test_a_link_alone_or_another_site_passes_no_computer_on(browser: TestClient, door: Workshop) -> None:
    enter(browser, door, "Ana")
    browser.get("/tour")
    assert browser.post("/tour", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert who_is_here(browser) == "Ana"


def test_nothing_of_the_first_is_left_in_the_browser(browser: TestClient, door: Workshop) -> None:
    enter(browser, door, "Ana")
    before = browser.cookies.get(COOKIE)
    pass_on(browser)
    assert browser.cookies.get(COOKIE) is None
    assert browser.cookies.get(own_seat.COOKIE)
    browser.cookies.set(COOKIE, before or "")
    assert browser.get("/seance-en-cours").status_code == 303
    assert f'href="{RETURN}"' in browser.get("/sortie").text
    assert browser.cookies.get(own_seat.COOKIE) is None


def test_who_sits_there_is_not_put_out_by_a_code(browser: TestClient, door: Workshop) -> None:
    enter(browser, door, "Ana")
    code = pass_on(browser)
    enter(browser, door, "Bilal")
    assert browser.post(RETURN, data={"code": code}).headers["location"] == "/tour"
    assert who_is_here(browser) == "Bilal"


def test_wrong_codes_run_out_for_a_right_one_too(browser: TestClient, door: Workshop) -> None:
    enter(browser, door, "Ana")
    code = pass_on(browser)
    browser.get(RETURN)
    tried = {
        browser.post(RETURN, data={"code": "22222222"}).status_code for _ in range(workshop_policy.WRONG_CODES_A_MINUTE)
    }
    assert tried == {403}
    assert browser.post(RETURN, data={"code": code}).status_code == 429


def test_a_partner_who_signs_in_over_a_guest_does_not_erase_them(browser: TestClient, door: Workshop) -> None:
    ana = enter(browser, door, "Ana")
    browser.post("/connexion/essai")
    with db.read_transaction() as session:
        assert session.get(Account, ana.account_id) is not None


def test_a_guest_whose_browser_comes_back_asleep_does_not_lose_their_work(browser: TestClient, door: Workshop) -> None:
    ana = enter(browser, door, "Ana")
    with db.write_transaction() as session:
        session.exec(update(SignIn).where(col(SignIn.account_id) == ana.account_id).values(slept_at=models.utc_now()))
    assert browser.get("/c-est-moi").headers["location"] == "/sortie"
    browser.get("/sortie")
    with db.read_transaction() as session:
        assert session.get(Account, ana.account_id) is not None


def test_the_trainer_gives_a_place_back_at_another_computer(browser: TestClient, door: Workshop) -> None:
    ana = enter(browser, door, "Ana")
    browser.cookies.clear()  # another computer
    knock(browser, door.code, "Ana")
    with db.write_transaction() as session:
        row = session.get_one(WorkshopParticipant, ana.id)
        row.alive_at = None
        here = col(WorkshopParticipant.workshop_id) == door.id
        query = select(WorkshopParticipant.id).where(here, WorkshopParticipant.state == ParticipantState.WAITING)
        returning.give_place_back(
            session, by=session.get_one(Account, door.by_id), workshop_id=door.id,
            waiting_id=session.exec(query).one(), participant_id=ana.id, now=models.utc_now(),
        )  # fmt: skip
    assert "Tu es Ana" in browser.get(RETURN).text
    assert browser.post(RETURN).headers["location"] == "/seance-en-cours"
    assert who_is_here(browser) == "Ana"
    assert [(row.id, row.account_id) for row in people_of(door)] == [(ana.id, ana.account_id)]


def test_the_old_cookie_of_a_guest_who_moved_on_erases_nothing(browser: TestClient, door: Workshop) -> None:
    ana = enter(browser, door, "Ana")
    old = browser.cookies.get(COOKIE) or ""
    code = pass_on(browser)
    browser.cookies.clear()  # another computer
    browser.post(RETURN, data={"code": code})
    new = browser.cookies.get(COOKIE) or ""
    end_session(
        door, ago=workshop_policy.WORKSHOP_RETURN_AFTER_END
    )  # nothing but the sign-in itself protects the work now
    for leave in (lambda: browser.get("/sortie"), lambda: browser.post("/connexion/essai")):
        browser.cookies.clear()
        browser.cookies.set(COOKIE, old)  # restored by the browser of the first computer
        leave()
    departures.note_departure(presence.token_digest(old))
    life.watch_visits()
    with db.read_transaction() as session:
        assert session.get(Account, ana.account_id) is not None
        assert presence.present_person(session, new, now=models.utc_now()) is not None


def test_a_code_or_an_offer_erases_no_other_guest_s_work_without_a_word(browser: TestClient, door: Workshop) -> None:
    enter(browser, door, "Ana")
    code = pass_on(browser)
    browser.cookies.clear()
    knock(browser, door.code, "Bob")
    bob = people_of(door)[-1]
    with db.write_transaction() as session:
        fill_bag(session, session.get_one(Account, bob.account_id), *make.whole())
    answer = browser.post(RETURN, data={"code": code})
    assert (answer.status_code, turns.WorkHere.sentence in answer.text) == (400, True)
    assert 'href="/sortie"' in answer.text
    assert turns.WorkHere.sentence in browser.post(RETURN).text
    with db.write_transaction() as session:
        session.exec(update(SignIn).where(col(SignIn.account_id) == bob.account_id).values(slept_at=models.utc_now()))
    assert browser.post(RETURN, data={"code": code}).status_code == 400
    with db.write_transaction() as session:
        assert session.get(Account, bob.account_id) is not None
        taken = {"work_taken_at": models.utc_now(), "slept_at": None}
        session.exec(update(SignIn).where(col(SignIn.account_id) == bob.account_id).values(**taken))
    browser.post(RETURN, data={"code": code})
    assert who_is_here(browser) == "Ana"
