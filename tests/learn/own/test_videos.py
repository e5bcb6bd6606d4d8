"""The video of a structure's lesson: never without its words, for its own people and its sessions, deleted with it."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pytest
from sqlmodel import Session, func, select

from clicnjob import policy
from clicnjob.bounded.video.facts import BlankedPart
from clicnjob.errors import NotFound, Refusal
from clicnjob.learn import paper
from clicnjob.learn.own import files, subtitles, videos, writing
from clicnjob.learn.own.subtitles import BadSubtitles
from clicnjob.learn.own.videos import VideoWords
from clicnjob.models import (
    Account,
    LearningKind,
    LessonVideo,
    LessonVideoPiece,
    Organisation,
    OwnLesson,
    ParticipantState,
    Role,
    Workshop,
    WorkshopParticipant,
)
from tests.bounded import video_files as made
from tests.cohort_people import NOW
from tests.conftest import person

TODAY = date(2026, 11, 30)  # our lessons were checked before
SPOKEN = b"WEBVTT\n\n00:01.000 --> 00:04.000\nBonjour !\n"
WORDS = VideoWords("Bonjour !\nOn te montre l’atelier.", "Mission locale d’ici", "CC-BY-4.0")


@pytest.fixture
def trainer(session: Session) -> Account:
    session.add(place := Organisation(name="E2C du Port"))
    session.flush()
    return person(session, Role.TRAINER, organisation_id=place.id)


@pytest.fixture
def lesson(session: Session, trainer: Account) -> str:
    made_id = writing.copy_lesson(
        session, by=trainer, kind=LearningKind.LESSON, content_id="joindre-un-fichier", now=NOW
    )
    publish(session, trainer, made_id)
    return made_id


def publish(session: Session, by: Account, lesson_id: str) -> None:
    version = session.get_one(OwnLesson, lesson_id).version
    writing.publish_lesson(session, by=by, lesson_id=lesson_id, base=version, today=TODAY, now=NOW)


def add_video(session: Session, by: Account, lesson_id: str, data: bytes = made.mp4()) -> str:
    source = io.BytesIO(data)
    read = videos.read_video(source, SPOKEN, words=WORDS)
    return videos.keep_video(session, by=by, lesson_id=lesson_id, source=source, read=read, now=NOW)


def stored_bytes(session: Session, of: Account, video_id: str) -> bytes:
    count = session.exec(select(func.count()).where(LessonVideoPiece.video_id == video_id)).one()
    pieces = (videos.video_piece(session, of=of, video_id=video_id, number=one, now=NOW) for one in range(count))
    return b"".join(pieces)


def counts(session: Session) -> tuple[int, int]:
    return tuple(session.exec(select(func.count()).select_from(one)).one() for one in (LessonVideo, LessonVideoPiece))  # type: ignore[return-value]


def test_a_video_is_watched_as_it_was_sent_by_the_people_of_the_structure(
    session: Session, trainer: Account, lesson: str
) -> None:
    sent = made.mp4()[:-72] + made.box(b"mdat", bytes(range(256)) * 3_000)
    video_id = add_video(session, trainer, lesson, sent)
    young = person(session, Role.YOUNG, organisation_id=trainer.organisation_id)
    seen = videos.lesson_video(session, of=young, lesson_id=lesson, now=NOW)
    assert seen is not None and (seen.id, seen.seconds, seen.size) == (video_id, 60, len(sent))
    assert (seen.transcript, seen.author) == (WORDS.transcript, WORDS.author)
    assert stored_bytes(session, young, video_id) == sent
    assert counts(session) == (1, 3)


def test_nobody_else_watches_it(session: Session, trainer: Account, lesson: str) -> None:
    session.add(elsewhere := Organisation(name="Ailleurs"))
    session.flush()
    video_id = add_video(session, trainer, lesson)
    others = [
        person(session, Role.YOUNG, organisation_id=elsewhere.id),
        person(session, Role.TRAINER, organisation_id=elsewhere.id),
        person(session, Role.ADMIN, organisation_id=None),
        person(session, Role.GUEST),
    ]
    for other in others:
        assert videos.lesson_video(session, of=other, lesson_id=lesson, now=NOW) is None
        with pytest.raises(NotFound):
            videos.video_piece(session, of=other, video_id=video_id, number=0, now=NOW)
        with pytest.raises(NotFound):
            videos.remove_video(session, by=other, lesson_id=lesson, now=NOW)
    young = person(session, Role.YOUNG, organisation_id=trainer.organisation_id)
    writing.withdraw_lesson(session, by=trainer, lesson_id=lesson, now=NOW)
    with pytest.raises(NotFound):
        videos.video_to_watch(session, of=young, video_id=video_id, now=NOW)
    assert videos.video_to_watch(session, of=trainer, video_id=video_id, now=NOW), "who writes it still sees it"
    with pytest.raises(NotFound):
        add_video(session, young, lesson)


def test_a_guest_watches_it_while_their_session_runs(session: Session, trainer: Account, lesson: str) -> None:
    video_id = add_video(session, trainer, lesson)
    guest = person(session, Role.GUEST)
    assert trainer.organisation_id is not None
    session.add(
        room := Workshop(
            organisation_id=trainer.organisation_id, by_id=trainer.id, kind="", title="Atelier", began_at=NOW
        )
    )
    session.flush()
    session.add(
        WorkshopParticipant(workshop_id=room.id, account_id=guest.id, state=ParticipantState.ADMITTED, guest=True)
    )
    session.flush()
    assert videos.video_to_watch(session, of=guest, video_id=video_id, now=NOW).id == video_id
    room.ended_at = NOW
    session.flush()
    with pytest.raises(NotFound):
        videos.video_to_watch(session, of=guest, video_id=video_id, now=NOW + timedelta(minutes=1))


def test_another_video_replaces_it_and_both_go_with_the_lesson_and_the_structure(
    session: Session, trainer: Account, lesson: str
) -> None:
    first = add_video(session, trainer, lesson)
    second = add_video(session, trainer, lesson)
    assert first != second and counts(session) == (1, 1), "a new file has a new address"
    videos.remove_video(session, by=trainer, lesson_id=lesson, now=NOW)
    assert counts(session) == (0, 0)
    add_video(session, trainer, lesson)
    version = session.get_one(OwnLesson, lesson).version
    writing.delete_lesson(session, by=trainer, lesson_id=lesson, base=version, now=NOW)
    assert counts(session) == (0, 0)


def test_where_it_was_filmed_is_not_stored(session: Session, trainer: Account, lesson: str) -> None:
    sent = made.mp4(in_index=made.box(b"udta", made.box(b"\xa9xyz", b"+48.85+002.35/")))
    video_id = add_video(session, trainer, lesson, sent)
    stored = stored_bytes(session, trainer, video_id)
    assert b"48.85" not in stored and b"udta" not in stored and len(stored) == len(sent)


def test_a_file_of_nothing_but_tags_is_stored_without_holding_up_who_writes() -> None:
    """Storing holds the only writer of SQLite: 40 megabytes with 110,000 parts to blank took it for 49 seconds."""
    every, size = 200, 20_000_000
    parts = [BlankedPart(at, at + every - 1, b"\xec\x01") for at in range(0, size - every, every)]
    written: list[bytes] = []
    stored = SimpleNamespace(execute=lambda _asked, row: written.append(row["data"]))
    began = time.process_time()
    videos._write_pieces(stored, "video", io.BytesIO(b"x" * size), tuple(reversed(parts)))  # type: ignore[arg-type]
    assert time.process_time() - began < 2
    blanked = b"\xec\x01" + bytes(every - 3) + b"x"
    assert b"".join(written) == blanked * len(parts) + b"x" * (size - every * len(parts))


def _without(**changed: str) -> VideoWords:
    return VideoWords(**{"transcript": "Bonjour.", "author": "Nous", "licence": "structure", **changed})


REFUSED: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("ce qui est dit", lambda: videos.read_video(io.BytesIO(made.mp4()), SPOKEN, words=_without(transcript=" \n"))),
    ("qui a fait", lambda: videos.read_video(io.BytesIO(made.mp4()), SPOKEN, words=_without(author=""))),
    ("Choisissez ce que", lambda: videos.read_video(io.BytesIO(made.mp4()), SPOKEN, words=_without(licence="MIT"))),
    (
        "Texte trop long",
        lambda: videos.read_video(io.BytesIO(made.mp4()), SPOKEN, words=_without(transcript="a" * 4001)),
    ),
    ("plus de 3 minutes", lambda: videos.read_video(io.BytesIO(made.mp4(seconds=182)), SPOKEN, words=WORDS)),
    ("trop grande", lambda: videos.read_video(io.BytesIO(made.mp4(side=3840)), SPOKEN, words=WORDS)),
    ("WebVTT", lambda: videos.read_video(io.BytesIO(made.mp4()), b"", words=WORDS)),
)


def test_a_video_without_its_words_or_beyond_its_bounds_is_refused_with_what_to_do() -> None:
    untold = []
    for reason, read in REFUSED:
        with pytest.raises(Refusal) as refused:
            read()
        if reason not in refused.value.sentence:
            untold.append((reason, refused.value.sentence))
    assert untold == []


def test_a_structure_keeps_so_many_megabytes(session: Session, trainer: Account, lesson: str) -> None:
    other = writing.copy_lesson(session, by=trainer, kind=LearningKind.LESSON, content_id="joindre-un-fichier", now=NOW)
    add_video(session, trainer, lesson)
    session.exec(select(LessonVideo)).one().size = policy.VIDEOS_BYTES
    session.flush()
    with pytest.raises(videos.TooManyVideos):
        add_video(session, trainer, other)
    add_video(session, trainer, lesson)  # instead of the one that takes the room


def test_storing_holds_one_piece_in_memory(session: Session, trainer: Account, lesson: str, tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    path.write_bytes(made.mp4()[:-72] + made.box(b"mdat", bytes(16_000_000)))
    with path.open("rb") as source:
        read = videos.read_video(source, SPOKEN, words=WORDS)
        tracemalloc.start()
        videos.keep_video(session, by=trainer, lesson_id=lesson, source=source, read=read, now=NOW)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 4_000_000


def test_the_words_are_printed_on_a_page_of_their_own_and_no_file_of_the_lesson_takes_the_video(
    session: Session, trainer: Account, lesson: str
) -> None:
    add_video(session, trainer, lesson)
    sheet = pypdf.PdfReader(io.BytesIO(paper.lesson_sheet(session, of=trainer, lesson_id=lesson, now=NOW).body))
    assert len(sheet.pages) == 2 and "On te montre l’atelier." in sheet.pages[1].extract_text()
    kit = pypdf.PdfReader(io.BytesIO(paper.lessons_kit(session, of=trainer, lesson_ids=[lesson], now=NOW).body))
    assert len(kit.pages) == 2 and "On te montre l’atelier." in kit.pages[1].extract_text()
    carried = files.carried_lesson(
        session, of=trainer, kind=LearningKind.LESSON, content_id=lesson, now=NOW.replace(month=12)
    )
    assert b"video" not in carried.body


def test_subtitles_are_written_again_without_anything_foreign() -> None:
    foreign = (
        "\ufeffWEBVTT - titre\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { background: url(https://mal.example) }\r\n\r\n"
        "NOTE secret\r\n\r\nun\r\n00:01.000 --> 00:00:03.500 line:0 position:20%\r\n<v Léa><b>Bonjour</b></v> &lt;script&gt;\r\n"
        "a --> b\r\n\r\n00:05.000 --> 00:06.000\r\n<img src=x>\r\n"
    ).encode()
    assert subtitles.read_subtitles(foreign, seconds=10) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nBonjour &lt;script&gt;\na → b\n"
    )


BAD_SUBTITLES: tuple[tuple[bytes, str], ...] = (
    (b"", "n’est pas un fichier de sous-titres"),
    (b"1\n00:00:01,000 --> 00:00:02,000\nBonjour", "n’est pas un fichier de sous-titres"),
    (b"WEBVTT\n\n", "aucune phrase"),
    (b"WEBVTT\n\n00:01 --> 00:02\nBonjour", "ligne 3 : les temps"),
    (b"WEBVTT\n\n00:03.000 --> 00:02.000\nBonjour", "ligne 3 : ces temps"),
    (b"WEBVTT\n\n01:00:03.000 --> 01:00:04.000\nBonjour", "ligne 3 : ces temps"),
    (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\nb\nc\nd", "3 lignes au plus"),
    (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a" * 200, "trop long"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\né".encode("latin-1"), "UTF-8"),
    (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\na\n\n" * 201, "200 au plus"),
    (b"WEBVTT" + b" " * 70_000, "trop longs"),
)


def test_subtitles_that_cannot_be_used_are_refused_with_their_line() -> None:
    untold = []
    for data, reason in BAD_SUBTITLES:
        with pytest.raises(BadSubtitles) as refused:
            subtitles.read_subtitles(data, seconds=10)
        if reason not in refused.value.sentence:
            untold.append((reason, refused.value.sentence))
    assert untold == []
