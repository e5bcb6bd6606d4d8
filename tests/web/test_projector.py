"""/ecran/<jeton>: it reads one session, changes nothing, opens nothing else, and tells nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, delete, select
from starlette.testclient import TestClient

from clicnjob import db, models
from clicnjob.models import AnswerState, GroupAnswer, QuestionState, Workshop
from clicnjob.web import projector
from clicnjob.web.open_screens import OpenScreens, TooManyProjectors
from clicnjob.workshops.live import projection, pushing, questions
from tests.cohort_people import NOW as _NOW
from tests.cohort_people import place
from tests.workshops.live.group import Group, running_group

pytest_plugins = ["tests.sign_in_pages"]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def projected(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, str]]:
    """A running session with four people, an open code, an answer held and one hidden; and its projector's path."""
    with models.fixed_clock(_NOW), db.write_transaction() as session:
        group = running_group(place(session))
        workshop = group.workshop
        workshop.code, workshop.joining_open, workshop.qr_open = "7KM4PQ", True, True
        workshop.code_expires_at = _NOW + 9 * MINUTE
        pushing.push_activity(session, **group.led, activity="cv.guide")
        _answered(group)
        token = projection.open_projector(session, **group.led)
    monkeypatch.setattr(projector, "_projectors", OpenScreens(2, TooManyProjectors))
    with models.fixed_clock(_NOW):
        yield browser, f"/ecran/{token}"
    with db.write_transaction() as session:  # the tests of this process share one database
        session.exec(delete(Workshop))


def _answered(group: Group) -> None:
    session = group.place.session
    asked = questions.ask_group(session, **group.led, kind="texte", question="Un mot ?")
    for name, said, state in (
        ("Ana", "gardé", AnswerState.HELD),
        ("Bilal", "montré", AnswerState.SHOWN),
        ("Chloé", "caché", AnswerState.HIDDEN),
    ):
        row = GroupAnswer(question_id=asked, participant_id=group.rows[name].id, text=said, state=state)
        session.add(row)
    session.flush()
    questions.change_question(session, **group.led, question_id=asked, to=QuestionState.SHOWN)


def _changed(**values: object) -> None:
    with db.write_transaction() as session:
        for name, value in values.items():
            setattr(session.exec(select(Workshop)).one(), name, value)


def test_it_tells_the_group_what_was_shown_and_nobody_s_name(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    answer = browser.get(f"{path}/etat")
    assert (answer.json()["code"], answer.json()["people"]) == ("7KM4PQ", 4)
    assert answer.json()["question"]["sentences"] == ["montré"]
    told = answer.text
    assert not [word for word in ("gardé", "caché", "Ana", "Bilal", "Chloé", "Driss") if word in told]
    with db.read_transaction() as session:
        assert not [row.id for row in _rows(session) if row.id in told]


def _rows(session: Session) -> list[models.WorkshopParticipant]:
    return list(session.exec(select(models.WorkshopParticipant)))


def test_what_is_shown_already_is_answered_304_until_something_changes(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    known = {"If-None-Match": browser.get(f"{path}/etat").headers["ETag"]}
    assert browser.get(f"{path}/etat", headers=known).status_code == 304
    _changed(version=99)
    assert browser.get(f"{path}/etat", headers=known).status_code == 200


def test_the_token_opens_nothing_else_and_writes_nothing(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    for address in (path, f"{path}/etat", f"{path}/code.svg"):
        assert browser.post(address, headers={"Origin": "null"}).status_code == 405
    assert browser.get(f"{path}/participants").status_code == 404
    assert browser.get("/seances", follow_redirects=False).status_code == 303
    assert browser.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_third_projector_waits_for_a_place(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    assert [browser.get(f"{path}/etat?ecran={one}").status_code for one in "abab"] == [200] * 4
    third = browser.get(f"{path}/etat?ecran=c")
    assert third.status_code == 409
    assert third.json() == {"sentence": TooManyProjectors.sentence}
    assert browser.get(f"{path}/etat?ecran=a").status_code == 200


def test_a_wrong_token_a_dark_projector_and_a_finished_session_answer_alike(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    wrong = browser.get("/ecran/faux/etat")
    digest = _digest()
    _changed(projector_digest="")
    dark = browser.get(f"{path}/etat")
    _changed(projector_digest=digest, ended_at=_NOW)
    over = browser.get(f"{path}/etat")
    assert [(one.status_code, one.json()) for one in (wrong, dark, over)] == [(404, {})] * 3
    assert browser.get(f"{path}/code.svg").status_code == 404


def _digest() -> str:
    with db.read_transaction() as session:
        return session.exec(select(Workshop)).one().projector_digest


def test_the_picture_of_the_code_is_there_only_while_the_trainer_opened_it(projected: tuple[TestClient, str]) -> None:
    browser, path = projected
    assert "<svg" in browser.get(f"{path}/code.svg").text
    _changed(qr_open=False)
    assert browser.get(f"{path}/code.svg").status_code == 404
    assert "7KM4PQ" not in browser.get(path).text
