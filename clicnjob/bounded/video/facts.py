"""What is read of a video, the refusals in words, and how the file is read: by bounded steps, never whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from clicnjob.errors import Refusal

TOO_DEEP = 8  # boxes within boxes; an ordinary file has six


class UnreadableVideo(Refusal):
    """The structure of the file is broken, or no video's at all."""

    sentence = "Ce fichier n’est pas une vidéo lisible. Exportez-la de nouveau en MP4 ou en WebM, puis recommencez."


class WrongVideoFormat(Refusal):
    """The file is a video that not every browser plays, or that holds more than a picture and a sound."""


@dataclass(frozen=True, slots=True)
class BlankedPart:
    """Bytes of the file that are stored as `head` and zeros: where it was filmed, by which telephone, its title."""

    start: int
    end: int
    head: bytes


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a file holds. `seconds` is the longest of what it claims and of what its own tables add up to."""

    media_type: str
    seconds: float
    width: int
    height: int
    blanked: tuple[BlankedPart, ...]


class BoundedSteps:
    """Counts the parts that a reader looks at, so that a file of a million empty parts ends early."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take_step(self) -> None:
        """Count one part. Raises UnreadableVideo when there were too many."""
        self._left -= 1
        if self._left < 0:
            raise UnreadableVideo


def bytes_at(source: BinaryIO, start: int, count: int) -> bytes:
    """Return exactly `count` bytes. Raises UnreadableVideo where the file ends before."""
    source.seek(start)
    found = source.read(count)
    if len(found) < count:
        raise UnreadableVideo
    return found
