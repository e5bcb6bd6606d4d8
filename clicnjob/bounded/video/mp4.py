"""Reads the boxes of an MP4 file (ISO/IEC 14496-12): one H.264 picture, at most one AAC sound, and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from clicnjob.bounded.video.facts import (
    BlankedPart,
    BoundedSteps,
    UnreadableVideo,
    VideoFacts,
    WrongVideoFormat,
    bytes_at,
)

_INDEX_BYTES = 4 * 1024 * 1024  # of « moov »; three minutes need a tenth
_BOXES = 2_000
_TOLD_ABOUT_IT = (b"udta", b"meta", b"uuid")  # the place and the telephone that filmed, titles, thumbnails
_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"})
_PICTURES = frozenset({b"avc1", b"avc3"})
_AAC = frozenset({0x40, 0x66, 0x67, 0x68})  # object types of ISO/IEC 14496-1
_UNKNOWN = (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_FRAGMENTED = (
    "Cette vidéo est enregistrée par petits morceaux, et sa durée ne se lit pas. Exportez-la de nouveau en MP4."
)
_OTHER_PICTURE = (
    "L’image de cette vidéo n’est pas en H.264. Sur un iPhone\u00a0: Réglages, Appareil photo, Formats, «\u00a0Le plus "
    "compatible\u00a0». Ou exportez-la de nouveau en MP4 (H.264)."
)
_OTHER_SOUND = "Le son de cette vidéo n’est pas en AAC. Exportez-la de nouveau en MP4 (H.264 et AAC)."
_OTHER_TRACKS = "Ce fichier contient autre chose qu’une image et un son. Exportez la vidéo de nouveau, seule."


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int  # of its head
    body: int
    end: int


@dataclass(slots=True)
class _Track:
    handler: bytes = b""
    codecs: list[bytes] = field(default_factory=list)
    is_aac: bool = False
    seconds: float = 0.0
    width: int = 0
    height: int = 0


def is_mp4(start: bytes) -> bool:
    """Whether a file that begins like this may be an MP4."""
    return start[4:8] == b"ftyp"


def read_mp4(source: BinaryIO, size: int) -> VideoFacts:
    """Return what an MP4 of `size` bytes holds. Raises UnreadableVideo, WrongVideoFormat."""
    steps = BoundedSteps(_BOXES)
    top = list(_top_boxes(source, size, steps))
    _refuse_other_brands(source, top[0])
    if any(box.kind == b"moof" for box in top):
        raise WrongVideoFormat(_FRAGMENTED)
    indexes = [box for box in top if box.kind == b"moov"]
    if len(indexes) != 1 or indexes[0].end - indexes[0].start > _INDEX_BYTES:
        raise UnreadableVideo
    index = indexes[0]
    reader = _IndexReader(bytes_at(source, index.start, index.end - index.start), index.start, steps)
    try:
        reader.read_index()
    except struct.error:  # a box is shorter than its own form
        raise UnreadableVideo from None
    blanked = [
        _blanked_box(bytes_at(source, box.start, box.body - box.start), box) for box in top if _tells_about_film(box)
    ]
    return _facts_of(reader, (*blanked, *reader.blanked))


def _tells_about_film(box: _Box) -> bool:
    return box.kind in _TOLD_ABOUT_IT


def _blanked_box(head: bytes, box: _Box) -> BlankedPart:
    return BlankedPart(box.start, box.end, head[:4] + b"free" + head[8:])


def _top_boxes(source: BinaryIO, size: int, steps: BoundedSteps) -> Iterator[_Box]:
    at = 0
    while at < size:
        steps.take_step()
        head = bytes_at(source, at, min(16, size - at))
        box = _box_at(head, 0, offset=at, limit=size, open_end=True)
        yield box
        at = box.end


def _box_at(data: bytes, at: int, *, offset: int, limit: int, open_end: bool = False) -> _Box:
    """Return the box whose head is at `at` of `data`; places are counted from `offset`, `limit` is where it may end."""
    if len(data) < at + 8:
        raise UnreadableVideo
    length, kind = struct.unpack_from(">I4s", data, at)
    head = 8
    if length == 1:
        if len(data) < at + 16:
            raise UnreadableVideo
        (length,), head = struct.unpack_from(">Q", data, at + 8), 16
    elif length == 0 and open_end:  # the last box of a file may reach to its end
        length = limit - offset - at
    start = offset + at
    if length < head or start + length > limit:
        raise UnreadableVideo
    return _Box(kind, start, start + head, start + length)


def _refuse_other_brands(source: BinaryIO, first: _Box) -> None:
    if first.kind != b"ftyp" or first.end - first.body > 512:
        raise UnreadableVideo
    said = bytes_at(source, first.body, first.end - first.body)
    brands = {said[:4], *(said[at : at + 4] for at in range(8, len(said), 4))}
    if said[:4] == b"qt  " or not brands & _BRANDS:
        raise WrongVideoFormat("Ce fichier n’est pas un MP4 (c’est peut-être un .mov). Exportez la vidéo en MP4.")


class _IndexReader:
    """Reads « moov », held in memory. Places in it are those of the file."""

    def __init__(self, data: bytes, offset: int, steps: BoundedSteps) -> None:
        self._data, self._offset, self._steps = data, offset, steps
        self.tracks: list[_Track] = []
        self.blanked: list[BlankedPart] = []
        self.seconds = 0.0

    def read_index(self) -> None:
        whole = _box_at(self._data, 0, offset=self._offset, limit=self._offset + len(self._data))
        for box in self._boxes_between(whole.body, whole.end):
            match box.kind:
                case b"mvhd":
                    self.seconds = self._claimed_seconds(box)
                case b"mvex":
                    raise WrongVideoFormat(_FRAGMENTED)
                case b"trak":
                    self.tracks.append(self._read_track(box))

    def _boxes_between(self, start: int, end: int) -> Iterator[_Box]:
        """Yield the boxes between two places; what tells about the film is noted, to be blanked."""
        while start < end:
            self._steps.take_step()
            box = _box_at(self._data, start - self._offset, offset=self._offset, limit=end)
            if _tells_about_film(box):
                self.blanked.append(_blanked_box(self._bytes_between(box.start, box.body), box))
            else:
                yield box
            start = box.end

    def _bytes_between(self, start: int, end: int) -> bytes:
        return self._data[start - self._offset : end - self._offset]

    def _body_bytes(self, box: _Box) -> bytes:
        return self._bytes_between(box.body, box.end)

    def _inner_box(self, box: _Box, kind: bytes) -> _Box:
        found = [one for one in self._boxes_between(box.body, box.end) if one.kind == kind]
        if len(found) != 1:
            raise UnreadableVideo
        return found[0]

    def _claimed_seconds(self, box: _Box) -> float:
        """Return the duration of « mvhd » or « mdhd », 0 where it says that it does not know."""
        _, scale, duration = self._scale_and_duration(box)
        return 0.0 if duration in _UNKNOWN else duration / scale

    def _scale_and_duration(self, box: _Box) -> tuple[int, int, int]:
        body = self._body_bytes(box)
        scale, duration = (
            struct.unpack_from(">IQ", body, 20) if body[:1] == b"\x01" else struct.unpack_from(">II", body, 12)
        )
        if scale == 0:
            raise UnreadableVideo
        return body[0], scale, duration

    def _read_track(self, box: _Box) -> _Track:
        media = self._inner_box(box, b"mdia")
        made = _Track(handler=self._body_bytes(self._inner_box(media, b"hdlr"))[8:12])
        header = self._inner_box(media, b"mdhd")
        tables = self._inner_box(self._inner_box(media, b"minf"), b"stbl")
        self._read_samples(self._body_bytes(self._inner_box(tables, b"stsd")), made)
        _, scale, _ = self._scale_and_duration(header)
        made.seconds = max(self._claimed_seconds(header), self._summed_ticks(self._inner_box(tables, b"stts")) / scale)
        return made

    def _summed_ticks(self, box: _Box) -> int:
        """Add up how long each sample lasts: a file may claim ten seconds and play an hour."""
        body = self._body_bytes(box)
        (count,) = struct.unpack_from(">I", body, 4)
        if count * 8 != len(body) - 8:
            raise UnreadableVideo
        return sum(times * ticks for times, ticks in struct.iter_unpack(">II", body[8:]))

    def _read_samples(self, body: bytes, into: _Track) -> None:
        """Read what the samples are coded in (« stsd »)."""
        (count,) = struct.unpack_from(">I", body, 4)
        at = 8
        for _ in range(count):
            self._steps.take_step()
            entry = _box_at(body, at, offset=0, limit=len(body))
            into.codecs.append(entry.kind)
            if entry.kind in _PICTURES:
                into.width, into.height = struct.unpack_from(">HH", body, entry.body + 24)
            elif entry.kind == b"mp4a":
                into.is_aac = _is_aac(body[entry.body : entry.end])
            at = entry.end


def _is_aac(entry: bytes) -> bool:
    """Return whether a sound entry says AAC: « mp4a » may hold MP3 and others. Its « esds » follows 28 bytes."""
    if entry[8:10] != b"\0\0":  # an entry of QuickTime, longer
        return False
    box = _box_at(entry, 28, offset=0, limit=len(entry))
    if box.kind != b"esds":
        return False
    body = entry[box.body + 4 : box.end]
    at = _after_descriptor(body, 0, tag=3) + 3  # the identifier and the flags of the stream
    if body[at - 1] & 0xE0:  # optional fields that no ordinary file has
        return False
    at = _after_descriptor(body, at, tag=4)
    return body[at] in _AAC


def _after_descriptor(body: bytes, at: int, *, tag: int) -> int:
    """Return where the content of a descriptor begins, behind its length of one to four bytes."""
    if body[at : at + 1] != bytes([tag]):
        raise UnreadableVideo
    for place in range(at + 1, at + 5):
        if place + 4 >= len(body):
            raise UnreadableVideo
        if body[place] < 0x80:
            return place + 1
    raise UnreadableVideo


def _facts_of(read: _IndexReader, blanked: tuple[BlankedPart, ...]) -> VideoFacts:
    pictures = [one for one in read.tracks if one.handler == b"vide"]
    sounds = [one for one in read.tracks if one.handler == b"soun"]
    if len(pictures) != 1 or len(sounds) > 1 or len(pictures) + len(sounds) != len(read.tracks):
        raise WrongVideoFormat(_OTHER_TRACKS)
    if not pictures[0].codecs or set(pictures[0].codecs) - _PICTURES:
        raise WrongVideoFormat(_OTHER_PICTURE)
    if sounds and (sounds[0].codecs != [b"mp4a"] or not sounds[0].is_aac):
        raise WrongVideoFormat(_OTHER_SOUND)
    seconds = max(read.seconds, *(one.seconds for one in read.tracks))
    return VideoFacts("video/mp4", seconds, pictures[0].width, pictures[0].height, blanked)
