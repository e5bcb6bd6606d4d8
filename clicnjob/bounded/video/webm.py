"""Reads the elements of a WebM file (RFC 8794 and 9559): one picture, at most one sound, and nothing else.

A browser that records writes no duration, so the blocks are gone through, head by head.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import BinaryIO

from clicnjob.bounded.video.facts import (
    BlankedPart,
    BoundedSteps,
    UnreadableVideo,
    VideoFacts,
    WrongVideoFormat,
    bytes_at,
)

_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_TIMESTAMP, _SIMPLE_BLOCK, _BLOCK_GROUP, _BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
_VOID, _CHECKSUM = 0xEC, 0xBF
_TOLD_ABOUT_IT = frozenset({0x1254C367, 0x1941A469, 0x1043A770})  # tags, attached files, chapters
_TOLD_IN_INFO = frozenset({0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x4461})  # title, names of files, date
_PASSED = frozenset(
    {0x114D9B74, 0x1C53BB6B, _VOID, _CHECKSUM, 0x9B, 0xFB, 0xFA, 0xAB, 0xA7, 0x5854, 0x75A2, 0x75A1, 0xA4}
)  # where to seek, and what a block says besides
_ELEMENTS = 120_000  # three minutes of 60 pictures and 50 sounds a second have 20,000
_HEAD_BYTES = 256 * 1024  # of what is held in memory: the information and the tracks
_NANOSECONDS = 1_000_000_000
_UNKNOWN = -1
_CODECS = {1: frozenset({"V_VP8", "V_VP9", "V_AV1"}), 2: frozenset({"A_OPUS", "A_VORBIS"})}
_OTHER_CODECS = "Cette vidéo WebM n’est pas en VP8, VP9 ou AV1, avec un son Opus ou Vorbis. Exportez-la de nouveau."
_OTHER_TRACKS = "Ce fichier contient autre chose qu’une image et un son. Exportez la vidéo de nouveau, seule."


def is_webm(start: bytes) -> bool:
    """Whether a file that begins like this may be a WebM."""
    return start[:4] == _EBML.to_bytes(4)


def read_webm(source: BinaryIO, size: int) -> VideoFacts:
    """Return what a WebM of `size` bytes holds. Raises UnreadableVideo, WrongVideoFormat."""
    reader = _WebmReader(source, size)
    try:
        reader.read_elements()
    except struct.error:  # an element is shorter than its own form
        raise UnreadableVideo from None
    return reader.video_facts()


class _WebmReader:
    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source, self._size = source, size
        self._steps = BoundedSteps(_ELEMENTS)
        self._scale = 1_000_000  # nanoseconds of one tick
        self._claimed = 0.0  # ticks
        self._cluster = self._last = 0  # ticks
        self._tracks: list[tuple[int, str, int, int]] | None = None  # kind, codec, width, height
        self._blanked: list[BlankedPart] = []

    def read_elements(self) -> None:
        kind, at, end = self._element_at(0)
        said = dict(_held_elements(self._held_bytes(at, end), self._steps))
        if kind != _EBML or said.get(0x4282, b"").rstrip(b"\0") != b"webm":
            raise UnreadableVideo
        kind, at, end = self._element_at(end)
        if kind != _SEGMENT:
            raise UnreadableVideo
        end = self._size if end == _UNKNOWN else end
        while at < end:
            at = self._pass_element(at)
        if at != end:
            raise UnreadableVideo

    def video_facts(self) -> VideoFacts:
        tracks = self._tracks or []
        pictures = [one for one in tracks if one[0] == 1]
        if len(pictures) != 1 or len(tracks) > 2 or any(kind not in _CODECS for kind, *_ in tracks):
            raise WrongVideoFormat(_OTHER_TRACKS)
        if len(tracks) == 2 and {kind for kind, *_ in tracks} != {1, 2}:
            raise WrongVideoFormat(_OTHER_TRACKS)
        if any(codec not in _CODECS[kind] for kind, codec, *_ in tracks):
            raise WrongVideoFormat(_OTHER_CODECS)
        seconds = max(self._claimed, self._last) * self._scale / _NANOSECONDS
        return VideoFacts("video/webm", seconds, pictures[0][2], pictures[0][3], tuple(self._blanked))

    def _element_at(self, at: int) -> tuple[int, int, int]:
        """Return the kind of the element at a place, where its content begins and ends (`_UNKNOWN` while it is written)."""
        self._steps.take_step()
        head = bytes_at(self._source, at, min(12, self._size - at))
        kind, place = _number_at(head, 0, keep_mark=True, most=4)
        length, place = _number_at(head, place, keep_mark=False, most=8)
        end = _UNKNOWN if length == _UNKNOWN else at + place + length
        if end > self._size:
            raise UnreadableVideo
        return kind, at + place, end

    def _pass_element(self, at: int) -> int:
        """Read what an element of the segment, or of one of its clusters, says; return where the next one begins.

        A cluster is entered rather than passed: so one whose length is unknown needs no other way.
        """
        kind, body, end = self._element_at(at)
        if kind in (_CLUSTER, _BLOCK_GROUP):
            return body
        if end == _UNKNOWN:
            raise UnreadableVideo
        match kind:
            case 0x1549A966:
                self._read_info(self._held_bytes(body, end), body)
            case 0x1654AE6B:
                self._read_tracks(self._held_bytes(body, end))
            case 0xE7:
                self._cluster = int.from_bytes(self._held_bytes(body, min(end, body + 8)))
            case 0xA3 | 0xA1:
                self._read_block(body, end)
            case _ if kind in _TOLD_ABOUT_IT:
                self._blanked.append(_voided_part(at, end))
            case _ if kind not in _PASSED:
                raise UnreadableVideo
        return end

    def _held_bytes(self, start: int, end: int) -> bytes:
        if end == _UNKNOWN or end - start > _HEAD_BYTES:
            raise UnreadableVideo
        return bytes_at(self._source, start, end - start)

    def _read_info(self, data: bytes, offset: int) -> None:
        for kind, start, body, end in _element_places(data, self._steps):
            value = data[body:end]
            if kind == 0x2AD7B1:
                self._scale = int.from_bytes(value[:8])
            elif kind == 0x4489:
                self._claimed = struct.unpack(">f" if len(value) == 4 else ">d", value)[0]
            elif kind in _TOLD_IN_INFO:
                self._blanked.append(_voided_part(offset + start, offset + end))
        if not 0 < self._scale <= _NANOSECONDS or not math.isfinite(self._claimed) or self._claimed < 0:
            raise UnreadableVideo

    def _read_tracks(self, data: bytes) -> None:
        if self._tracks is not None:
            raise UnreadableVideo
        self._tracks = []
        for kind, value in _held_elements(data, self._steps):
            if kind != 0xAE:
                continue
            said = dict(_held_elements(value, self._steps))
            if 0x6D80 in said:  # packed or encrypted
                raise WrongVideoFormat(_OTHER_CODECS)
            seen = dict(_held_elements(said.get(0xE0, b""), self._steps))
            codec = said.get(0x86, b"")[:40].decode("ascii", "replace").rstrip("\0")
            sides = (int.from_bytes(seen.get(side, b"")[:8]) for side in (0xB0, 0xBA))
            self._tracks.append((int.from_bytes(said.get(0x83, b"")[:8]), codec, *sides))  # type: ignore[arg-type]

    def _read_block(self, start: int, end: int) -> None:
        head = bytes_at(self._source, start, min(6, end - start))
        _, place = _number_at(head, 0, keep_mark=False, most=4)
        (ticks,) = struct.unpack_from(">h", head, place)
        self._last = max(self._last, self._cluster + ticks)


def _held_elements(data: bytes, steps: BoundedSteps) -> Iterator[tuple[int, bytes]]:
    """Yield the elements of what is held in memory."""
    for kind, _, body, end in _element_places(data, steps):
        yield kind, data[body:end]


def _element_places(data: bytes, steps: BoundedSteps) -> Iterator[tuple[int, int, int, int]]:
    """Yield the kind of each element, where it begins, where its content begins and where it ends."""
    at = 0
    while at < len(data):
        steps.take_step()
        kind, place = _number_at(data, at, keep_mark=True, most=4)
        length, place = _number_at(data, place, keep_mark=False, most=8)
        if length == _UNKNOWN or place + length > len(data):
            raise UnreadableVideo
        yield kind, at, place, place + length
        at = place + length


def _number_at(data: bytes, at: int, *, keep_mark: bool, most: int) -> tuple[int, int]:
    """Return the number of variable length at a place, and the place behind it; all ones means unknown."""
    if at >= len(data) or not data[at]:
        raise UnreadableVideo
    length = 9 - data[at].bit_length()
    if length > most or at + length > len(data):
        raise UnreadableVideo
    value = int.from_bytes(data[at : at + length])
    if not keep_mark:
        value -= 1 << (7 * length)
        if value == (1 << (7 * length)) - 1:
            value = _UNKNOWN
    return value, at + length


def _voided_part(start: int, end: int) -> BlankedPart:
    """Turn an element into one that is void, of the same length. Its own head has five bytes at least."""
    length = end - start
    if length < 9:
        return BlankedPart(start, end, bytes([_VOID, 0x80 | (length - 2)]))
    return BlankedPart(start, end, bytes([_VOID, 0x01]) + (length - 9).to_bytes(7))
