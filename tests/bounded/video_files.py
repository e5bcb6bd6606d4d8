"""Invented MP4 and WebM files in the form of their standards, sound or broken as a test needs; a few hundred bytes each."""

from __future__ import annotations

import struct
from typing import Any

_AAC_LC = 0x40


def box(kind: bytes, *parts: bytes) -> bytes:
    """One MP4 box."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4(
    *,
    brand: bytes = b"isom",
    seconds: int = 60,
    claimed: int | None = None,
    picture: bytes = b"avc1",
    sound: bytes = b"mp4a",
    sound_object: int = _AAC_LC,
    more_tracks: bytes = b"",
    in_index: bytes = b"",
    side: int = 1280,
) -> bytes:
    """An MP4 of so many seconds by its tables; `claimed` is what its heads say."""
    said = seconds if claimed is None else claimed
    index = box(
        b"moov",
        box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, said * 1000), bytes(80)),
        track(b"vide", picture_entry(picture, side), seconds=seconds, claimed=said),
        track(b"soun", sound_entry(sound, sound_object), seconds=seconds, claimed=said) if sound else b"",
        more_tracks,
        in_index,
    )
    return box(b"ftyp", brand, bytes(4), brand) + index + box(b"mdat", b"\x00" * 64)


def track(handler: bytes, entry: bytes, *, seconds: int, claimed: int) -> bytes:
    """One track whose samples last a second each."""
    tables = box(
        b"stbl",
        box(b"stsd", struct.pack(">II", 0, 1), entry),
        box(b"stts", struct.pack(">IIII", 0, 1, seconds, 1000)),
    )
    media = (
        box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 1000, claimed * 1000), bytes(4)),
        box(b"hdlr", bytes(8), handler, bytes(13)),
        box(b"minf", tables),
    )
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", *media))


def picture_entry(kind: bytes, side: int) -> bytes:
    """What a picture is coded in."""
    return box(kind, bytes(24), struct.pack(">HH", side, 720), bytes(50))


def sound_entry(kind: bytes, sound_object: int) -> bytes:
    """What a sound is coded in."""
    settings = bytes([4, 13, sound_object]) + bytes(12)
    stream = bytes([3, len(settings) + 3, 0, 1, 0]) + settings
    return box(kind, bytes(28), box(b"esds", bytes(4), stream))


def element(kind: int, *parts: bytes, unknown: bool = False) -> bytes:
    """One WebM element, its length in eight bytes."""
    body = b"".join(parts)
    length = b"\x01" + b"\xff" * 7 if unknown else b"\x01" + len(body).to_bytes(7)
    return kind.to_bytes((kind.bit_length() + 7) // 8) + length + body


def number(kind: int, value: int) -> bytes:
    """An element that holds a number."""
    return element(kind, value.to_bytes(4))


def webm(
    *,
    kind: bytes = b"webm",
    codec: bytes = b"V_VP9",
    tracks: int = 1,
    last: int = 60_000,
    more: bytes = b"",
    info: bytes = b"",
    **claimed: Any,
) -> bytes:
    """A WebM whose last block begins at `last` milliseconds; `claimed` is the duration that it says, as a float."""
    information = [number(0x2AD7B1, 1_000_000), info]
    if "seconds" in claimed:
        information.append(element(0x4489, struct.pack(">d", claimed["seconds"] * 1000)))
    entry = element(0xAE, number(0x83, 1), element(0x86, codec), element(0xE0, number(0xB0, 640), number(0xBA, 360)))
    block = element(0xA3, b"\x81", struct.pack(">h", 0), b"\x80", b"picture")
    clusters = [element(0x1F43B675, number(0xE7, at), block, unknown=True) for at in (0, last)]
    segment = (element(0x1549A966, *information), element(0x1654AE6B, entry * tracks), more, *clusters)
    return element(0x1A45DFA3, element(0x4282, kind)) + element(0x18538067, *segment, unknown=True)
