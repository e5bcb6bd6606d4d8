"""The video of a lesson over HTTP: who may send and fetch it, in which parts, and what a hostile form is answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select
from starlette.testclient import TestClient

from clicnjob import db, models, policy
from clicnjob.accounts import presence
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.learn.own import writing
from clicnjob.models import (
    Account,
    LearningKind,
    LessonVideo,
    LessonVideoPiece,
    Organisation,
    OwnLesson,
    Role,
    RoleHeld,
)
from clicnjob.web import COOKIE, lesson_video
from tests.bounded import video_files as made
from tests.conftest import person

pytest_plugins = ["tests.sign_in_pages"]
FILM = made.mp4()[:-72] + made.box(b"mdat", secrets.token_bytes(700_000))
SPOKEN = b"WEBVTT\n\n00:01.000 --> 00:04.000\nBonjour\xc2\xa0!\n"
FIELDS = {"texte": "Bonjour\u00a0!", "auteur": "E2C du Port", "licence": "structure", "accord": "oui"}


@dataclass
class Here:
    """A published lesson, and the cookies of its people and of others."""

    browser: TestClient
    lesson: str
    trainer: str
    cookies: dict[str, str]

    def ask(self, who: str, path: str, *, method: str = "GET", **more: Any) -> Any:
        self.browser.cookies.clear()
        headers = {"cookie": f"{COOKIE}={self.cookies[who]}"} if who else {}
        return self.browser.request(method, path, headers=headers | more.pop("headers", {}), **more)

    def send(self, who: str = "trainer", *, film: bytes = FILM, spoken: bytes = SPOKEN, **fields: str) -> Any:
        files = {"video": ("film.txt", film), "sous-titres": ("mots", spoken)}
        path = f"/lecon-video/{self.lesson}"
        return self.ask(who, path, method="POST", data=FIELDS | fields, files=files)

    @property
    def video(self) -> str:
        with db.read_transaction() as session:
            found = session.exec(select(LessonVideo.id).where(LessonVideo.lesson_id == self.lesson)).one()
        return f"/video/{found}"


@pytest.fixture
def here(browser: TestClient) -> Iterator[Here]:
    now = models.utc_now()
    with db.write_transaction() as session:
        session.add(place := Organisation(name="E2C du Port"))
        session.add(other := Organisation(name="Ailleurs"))
        session.flush()
        people: dict[str, Account] = {
            "trainer": person(session, Role.TRAINER, organisation_id=place.id),
            "young": person(session, Role.YOUNG, organisation_id=place.id),
            "elsewhere": person(session, Role.TRAINER, organisation_id=other.id),
            "guest": person(session, Role.GUEST),
        }
        by, today = people["trainer"], days.local_day(now)
        kind = LearningKind.LESSON
        lesson = writing.copy_lesson(session, by=by, kind=kind, content_id="joindre-un-fichier", now=now)
        base = session.get_one(OwnLesson, lesson).version
        writing.publish_lesson(session, by=by, lesson_id=lesson, base=base, today=today, now=now)
        cookies = {name: presence.begin_sign_in(session, account=one, now=now) for name, one in people.items()}
        trainer = by.id
    yield Here(browser, lesson, trainer, cookies)
    with db.write_transaction() as session:
        session.delete(session.get_one(OwnLesson, lesson))
        session.flush()
        left = [session.exec(select(func.count()).select_from(one)).one() for one in (LessonVideo, LessonVideoPiece)]
    assert left == [0, 0], "a video goes with its lesson"


def test_what_is_sent_is_what_is_fetched_whole_and_in_parts(here: Here) -> None:
    assert here.send().headers["location"] == f"/lecon-video/{here.lesson}"
    assert "elle dure 1\u00a0minute" in here.ask("trainer", f"/lecon-video/{here.lesson}").text
    whole = here.ask("young", here.video)
    assert (whole.status_code, whole.content) == (200, FILM)
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["cache-control"] == "no-store"
    for asked, start, end in (
        ("0-", 0, len(FILM)),
        ("5-9", 5, 10),
        ("262140-262150", 262140, 262151),
        ("-7", len(FILM) - 7, len(FILM)),
    ):
        part = here.ask("young", here.video, headers={"range": f"bytes={asked}"})
        assert (part.status_code, part.content) == (206, FILM[start:end]), asked
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(FILM)}"
    head = here.ask("young", here.video, method="HEAD")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(FILM)))
    words = here.ask("young", f"{here.video}/sous-titres.vtt")
    assert words.headers["content-type"].startswith("text/vtt") and "Bonjour" in words.text


@pytest.mark.parametrize("asked", ["700-5", "9999999-", "0-1,4-5", "-", "-0", "a-b", "0x1-2"])
def test_a_range_that_cannot_be_sent_is_said(asked: str) -> None:
    assert lesson_video.byte_span(f"bytes={asked}", 1_000_000) is None


def test_nobody_else_sends_or_fetches_it(here: Here) -> None:
    here.send()
    for who in ("elsewhere", "guest"):
        answers = [here.ask(who, here.video), here.ask(who, f"{here.video}/sous-titres.vtt"), here.send(who)]
        answers.append(here.ask(who, f"/lecon-video/{here.lesson}"))
        assert [one.status_code for one in answers] == [404] * 4, who
    assert here.send("young").status_code == 404
    assert [here.ask("", path).status_code for path in (here.video, f"/lecon-video/{here.lesson}")] == [403, 403]
    other_site = {"sec-fetch-site": "cross-site"}
    assert here.ask("trainer", f"/lecon-video/{here.lesson}", method="POST", headers=other_site).status_code == 403


def test_what_cannot_be_taken_is_said_and_the_words_stay_in_the_form(here: Here) -> None:
    answers = {
        "n’est pas une vidéo lisible": here.send(film=b"GIF89a" + bytes(900)),
        "plus de 3 minutes": here.send(film=made.mp4(seconds=300)),
        "sous-titres WebVTT": here.send(spoken=b"bonjour"),
        lesson_video.NOTHING_SENT: here.send(film=b""),
        "l’accord des personnes": here.send(accord=""),
        "Choisissez ce que les autres": here.send(licence="<b>"),
        "Texte trop long": here.send(texte="a" * 4_100),
    }
    untold = [said for said, answer in answers.items() if answer.status_code != 400 or said not in answer.text]
    assert untold == []
    marked = here.send(accord="", texte="<script>alert(1)</script>").text
    assert "&lt;script&gt;alert(1)" in marked and "<script>alert" not in marked
    with db.read_transaction() as session:
        assert session.exec(select(func.count()).select_from(LessonVideo)).one() == 0


def test_a_hostile_form_is_turned_away(here: Here) -> None:
    path = f"/lecon-video/{here.lesson}"
    assert here.ask("trainer", path, method="POST", data={"texte": "a"}).status_code == 400
    for files in (
        [("video", ("a", b"a"))] * 3,
        [(f"champ{number}", (None, "a")) for number in range(9)],
        [("texte", (None, "a" * 100_000))],
    ):
        assert here.ask("trainer", path, method="POST", files=files).status_code == 400
    broken = {"content-type": "multipart/form-data"}
    assert here.ask("trainer", path, method="POST", content=b"x", headers=broken).status_code == 400
    long = {"content-length": str(policy.VIDEO_BYTES * 2)}
    assert here.ask("trainer", path, method="POST", content=b"x", headers=long).status_code == 413


def test_a_base_that_cannot_write_keeps_the_words_in_the_form(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(lesson_video.videos, "keep_video", refuse)
    answer = here.send(texte="Des mots longs à écrire.")
    assert answer.status_code == 503
    assert lesson_video.NOT_STORED in answer.text and "Des mots longs à écrire." in answer.text


def test_few_videos_arrive_at_once(here: Here) -> None:
    lesson_video._COMING.extend(["one", "another"])
    try:
        answer = here.send()
    finally:
        lesson_video._COMING.clear()
    assert answer.status_code == 429 and lesson_video.TOO_MANY in answer.text
    here.send()
    assert lesson_video._COMING == [] and not lesson_video._SENDING


def test_one_person_sends_one_video_at_once_from_however_many_computers(here: Here) -> None:
    with db.write_transaction() as session:
        again = presence.begin_sign_in(session, account=session.get_one(Account, here.trainer), now=models.utc_now())
    lesson_video._COMING.append(here.trainer)
    try:
        here.cookies["trainer"] = again
        assert here.send().status_code == 429
    finally:
        lesson_video._COMING.clear()


def _sign_out(here: Here) -> None:
    with db.write_transaction() as session:
        presence.end_sign_in(session, here.cookies["trainer"], reason="left", now=models.utc_now())


def _take_role(here: Here) -> None:
    with db.write_transaction() as session:
        session.delete(session.get_one(RoleHeld, (here.trainer, Role.TRAINER)))


@pytest.mark.parametrize("leave", [_sign_out, _take_role])
def test_who_leaves_or_loses_the_role_while_a_video_comes_stores_nothing(
    here: Here, leave: Callable[[Here], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = lesson_video.videos.read_video

    def reading(*given: Any, **named: Any) -> Any:
        leave(here)
        return read(*given, **named)

    monkeypatch.setattr(lesson_video.videos, "read_video", reading)
    assert here.send().status_code == 404
    with db.read_transaction() as session:
        assert session.exec(select(func.count()).select_from(LessonVideo)).one() == 0


def test_a_video_on_its_way_stops_when_its_watcher_has_left(here: Here) -> None:
    here.send()
    with db.read_transaction() as session:
        me = presence.present_person(session, here.cookies["trainer"], now=models.utc_now())
    assert me is not None
    video = here.video.removeprefix("/video/")
    assert lesson_video._read_piece(me, video, 0) == FILM[: lesson_video.videos.PIECE_BYTES]
    _sign_out(here)
    with pytest.raises(NotFound):
        lesson_video._read_piece(me, video, 1)
