"""What a video holds is read from its own structure, and a hostile file is refused in words, soon and in little memory."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
from pathlib import Path

import pytest

from clicnjob.bounded.video import reading
from clicnjob.bounded.video.facts import UnreadableVideo, VideoFacts, WrongVideoFormat
from clicnjob.errors import Refusal
from tests.bounded import video_files as made

RECORDED = Path(__file__).parents[1] / "fixtures" / "videos" / "lesson.webm"  # recorded by Chromium from a canvas


def read(data: bytes) -> VideoFacts:
    return reading.read_video(io.BytesIO(data))


def test_an_mp4_says_how_long_and_how_large_it_is() -> None:
    facts = read(made.mp4(seconds=90))
    assert (facts.media_type, facts.seconds, facts.width, facts.height) == ("video/mp4", 90, 1280, 720)
    assert read(made.mp4(sound=b"")).seconds == 60


def test_a_webm_that_a_browser_recorded_is_read() -> None:
    facts = read(RECORDED.read_bytes())
    assert (facts.media_type, round(facts.seconds), facts.width, facts.height) == ("video/webm", 4, 320, 180)


def test_a_duration_that_lies_is_found_out() -> None:
    assert read(made.mp4(seconds=3600, claimed=10)).seconds == 3600
    assert read(made.mp4(seconds=10, claimed=3600)).seconds == 3600
    assert read(made.webm(last=3_600_000, seconds=10.0)).seconds == 3600
    assert read(made.webm(last=10_000)).seconds == 10, "without any duration, its blocks say it"


WRONG: tuple[tuple[bytes, str], ...] = (
    (made.mp4(brand=b"qt  "), ".mov"),
    (made.mp4(brand=b"heic"), "n’est pas un MP4"),
    (made.mp4(picture=b"hvc1"), "Le plus compatible"),
    (made.mp4(picture=b"encv"), "H.264"),
    (made.mp4(sound=b"ac-3"), "AAC"),
    (made.mp4(sound_object=0x6B), "AAC"),
    (made.mp4(in_index=made.box(b"mvex")), "petits morceaux"),
    (made.mp4() + made.box(b"moof"), "petits morceaux"),
    (made.mp4(more_tracks=made.track(b"meta", made.box(b"mebx"), seconds=1, claimed=1)), "autre chose"),
    (made.mp4(more_tracks=made.track(b"vide", made.picture_entry(b"avc1", 9), seconds=1, claimed=1)), "autre chose"),
    (made.webm(codec=b"V_MPEG4/ISO/AVC"), "VP8"),
    (made.webm(tracks=2), "autre chose"),
    (made.webm(tracks=0), "autre chose"),
)


def test_a_video_that_not_every_browser_plays_is_refused_with_what_to_do() -> None:
    untold = []
    for data, reason in WRONG:
        with pytest.raises(WrongVideoFormat) as refused:
            read(data)
        if reason not in refused.value.sentence:
            untold.append((reason, refused.value.sentence))
    assert untold == []


def _broken() -> list[tuple[str, bytes]]:
    whole, filmed = made.mp4(), made.webm()
    index = whole.index(b"moov") - 4
    table = struct.pack(">III", 1, 60, 1000)
    huge = struct.pack(">I4sQ", 1, b"mdat", 2**63)
    nested = b"".join(struct.pack(">I4s", 8 * (900 - depth), b"trak") for depth in range(900))
    return [
        ("nothing", b""),
        ("a picture under another name", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("a page", b"<html><script>alert(1)</script></html>"),
        ("only a head", whole[:24]),
        ("a length of zero inside", whole.replace(b"\x00\x00\x00\x5cmdia", b"\x00\x00\x00\x00mdia")[: index + 30]),
        ("a box of eight exabytes", whole[:20] + huge),
        ("a box shorter than its head", whole[:20] + struct.pack(">I4s", 4, b"moov")),
        ("boxes that do not end", whole[:20] + made.box(b"moov", nested)),
        ("a million empty boxes", whole[:20] + made.box(b"free") * 100_000),
        ("no index", whole[:index]),
        ("two indexes", whole + whole[index:-72]),
        ("a scale of zero", whole.replace(struct.pack(">I", 1000), bytes(4))),
        ("a table that says more than it has", whole.replace(table, struct.pack(">III", 2**31, 60, 1000))),
        ("no duration at all", made.mp4(seconds=0)),
        ("no picture to see", made.mp4(side=0)),
        ("another kind of Matroska", made.webm(kind=b"matroska")),
        ("a length unknown in the middle", made.webm(more=made.element(0xEC, unknown=True))),
        ("an element nobody knows", made.webm(more=made.element(0x4D80, b"x"))),
        ("an infinite duration", made.webm(seconds=float("inf"))),
        ("a duration below zero", made.webm(seconds=-1.0, last=0)),
        ("tracks twice", made.webm(more=made.element(0x1654AE6B))),
        ("a million empty elements", filmed + b"\xec\x80" * 500_000),
        ("a block without a time", filmed + made.element(0xA3, b"\x81")),
        ("tracks of many megabytes", made.webm(more=made.element(0x1549A966, bytes(2_000_000)))),
    ]  # fmt: skip


def test_a_broken_or_hostile_file_is_refused_in_words() -> None:
    read_all_the_same, slow = [], []
    for name, data in _broken():
        began = time.process_time()
        try:
            read(data)
            read_all_the_same.append(name)
        except UnreadableVideo:
            pass
        if time.process_time() - began > 2:
            slow.append(name)
    assert (read_all_the_same, slow) == ([], [])


def test_a_file_cut_anywhere_and_a_byte_changed_anywhere_end_in_words_or_facts() -> None:
    """No other exception may come of a foreign file, which would be an error page and a trace in the log."""
    for data in (made.mp4(), made.webm(), RECORDED.read_bytes()[:3_000]):
        for at in range(0, len(data), 3):
            for changed in (data[:at], data[:at] + b"\xff" + data[at + 1 :], data[:at] + b"\x00" + data[at + 1 :]):
                try:
                    read(changed)
                except Refusal:
                    continue


def test_where_and_with_what_it_was_filmed_is_marked_to_be_blanked() -> None:
    place = made.box(b"udta", made.box(b"\xa9xyz", b"+48.85+002.35/"))
    data = made.mp4(in_index=place) + made.box(b"uuid", b"telephone")
    blanked = read(data).blanked
    assert sorted(data[one.start + 4 : one.start + 8] for one in blanked) == [b"udta", b"uuid"]
    assert [one.head[4:] for one in blanked] == [b"free"] * 2
    tags = made.element(0x1254C367, b"filmed at home")
    (part,) = read(made.webm(more=tags)).blanked
    assert (part.end - part.start, part.head[0]) == (len(tags), 0xEC)
    assert read(_applied(made.webm(more=tags), part.start, part.end, part.head)).blanked == ()


def test_the_title_and_the_name_of_the_file_in_a_webm_are_marked_to_be_blanked() -> None:
    told = [made.element(kind, b"Zoe chez elle") for kind in (0x7BA9, 0x7384)]
    data = made.webm(info=b"".join(told))
    blanked = read(data).blanked
    assert [data[one.start : one.end] for one in blanked] == told
    for one in blanked:
        data = _applied(data, one.start, one.end, one.head)
    assert b"Zoe" not in data and read(data).blanked == ()


def _applied(data: bytes, start: int, end: int, head: bytes) -> bytes:
    return data[:start] + head + bytes(end - start - len(head)) + data[end:]


def test_reading_holds_little_of_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "large.mp4"
    path.write_bytes(made.mp4()[:-72] + made.box(b"mdat", bytes(8_000_000)))
    tracemalloc.start()
    with path.open("rb") as source:
        reading.read_video(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300_000
