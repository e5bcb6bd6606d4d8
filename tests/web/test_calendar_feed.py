"""/calendrier/<jeton>.ics over HTTP: no cookie, read only, the same answer to every wrong address, nothing in the log."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from sqlmodel import delete
from starlette.testclient import TestClient

from clicnjob import db, models
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.support import appointments, calendar_feed
from clicnjob.cohort.support.appointments import AppointmentPlan
from clicnjob.models import CalendarFeed
from clicnjob.web import calendar_feed as served
from clicnjob.web.logs import JsonLineFormatter
from clicnjob.web.middleware.allowance import Allowance
from tests.cohort_people import NOW, TODAY, place

pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def feed(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The path of Claire's calendar, with one appointment."""
    with models.fixed_clock(NOW), db.write_transaction() as session:
        here = place(session)
        plan = AppointmentPlan(TODAY + timedelta(days=1), time(14), 30, "sur_place", "Bureau 12")
        young = here.newcomer("Kadiatou", "Hassani")
        appointments.propose_appointment(session, by=here.claire, account_id=young.id, plan=plan, today=TODAY, now=NOW)
        proof = Proof(here.claire.id, NOW)
        token = calendar_feed.make_feed(session, by=here.claire, names="aucun", proof=proof, now=NOW)
    monkeypatch.setattr(served, "_reads", Allowance(at_once=10, a_second=0.001))
    monkeypatch.setattr(served, "_lookups", Allowance(at_once=300, a_second=30))
    with models.fixed_clock(NOW):
        yield f"/calendrier/{token}.ics"
    with db.write_transaction() as session:
        session.exec(delete(CalendarFeed))


def test_a_program_without_cookie_reads_it_and_is_told_when_nothing_changed(browser: TestClient, feed: str) -> None:
    browser.cookies.clear()
    answer = browser.get(feed)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.text.startswith("BEGIN:VCALENDAR") and "Bureau 12" in answer.text and "Hassani" not in answer.text
    assert "set-cookie" not in answer.headers and answer.headers["x-robots-tag"] == "noindex, nofollow"
    for tag in (answer.headers["etag"], f"W/{answer.headers['etag']}", f'"old", {answer.headers["etag"]}'):
        again = browser.get(feed, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert browser.head(feed).status_code == 200
    assert browser.get(feed, headers={"If-None-Match": '"old"'}).status_code == 200


def test_it_opens_nothing_else(browser: TestClient, feed: str) -> None:
    token = feed.removeprefix("/calendrier/").removesuffix(".ics")
    browser.cookies.clear()
    assert browser.post(feed).status_code in (403, 405)
    for path in ("/conseiller", "/agenda", f"/telephone/{token}", f"/document/{token}", f"/ecran/{token}/etat"):
        assert browser.get(path, headers={"Cookie": f"clicnjob={token}"}).status_code != 200, path


def test_every_wrong_address_gets_the_same_answer(browser: TestClient, feed: str) -> None:
    wrong = (
        secrets.token_urlsafe(32), "x", "a" * 43, feed[12:-4].swapcase(), f"{feed[12:-4]}x",
    )  # fmt: skip
    answers = {
        (answer.status_code, answer.content, answer.headers["content-type"])
        for answer in (browser.get(f"/calendrier/{one}.ics") for one in wrong)
    }
    assert len(answers) == 1 and next(iter(answers))[:2] == (404, b"")
    for path in ("/calendrier/%00.ics", "/calendrier/..%2f..%2fagenda.ics"):
        assert browser.get(path).status_code == 400, path
    for path in ("/calendrier/", f"{feed}/x", feed.removesuffix(".ics"), f"{feed}?x=1".replace(".ics", ".icss")):
        assert browser.get(path).status_code == 404, path


def test_reading_is_bounded_for_an_address_and_guessing_for_a_client(
    browser: TestClient, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [browser.get(feed).status_code for _ in range(12)] == [200] * 10 + [429] * 2
    assert browser.get(feed).headers["retry-after"] == "600"
    monkeypatch.setattr(served, "_lookups", Allowance(at_once=3, a_second=0.001))
    asked = [browser.get(f"/calendrier/{secrets.token_urlsafe(32)}.ics").status_code for _ in range(5)]
    assert asked == [404] * 3 + [429] * 2


def test_the_token_is_in_no_line_of_the_log(browser: TestClient, feed: str, caplog: pytest.LogCaptureFixture) -> None:
    token = feed[12:-4]
    with caplog.at_level(logging.DEBUG):
        browser.get(feed)
        browser.get(f"{feed}?jeton={token}")
        browser.get(f"/calendrier/{token}/x")
    lines = [JsonLineFormatter().format(record) for record in caplog.records if record.name.startswith("clicnjob")]
    assert {json.loads(line).get("address") for line in lines if "address" in line} == {"/calendrier/…"}
    assert token not in "".join(lines)
