"""Reads what a video file holds, whatever it is called, without holding it in memory.

It is our own short reader: none of the libraries that parse both formats is small, and what they bring decodes pictures,
which a server never needs to do. The browser that plays the file decodes it in its own sandbox.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from clicnjob.bounded.video import mp4, webm
from clicnjob.bounded.video.facts import UnreadableVideo, VideoFacts


def read_video(source: BinaryIO) -> VideoFacts:
    """Return what a file holds. Raises UnreadableVideo, WrongVideoFormat."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    start = source.read(12)
    if mp4.is_mp4(start):
        facts = mp4.read_mp4(source, size)
    elif webm.is_webm(start):
        facts = webm.read_webm(source, size)
    else:
        raise UnreadableVideo
    if facts.seconds <= 0 or not facts.width or not facts.height:
        raise UnreadableVideo
    return facts
