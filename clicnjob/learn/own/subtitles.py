"""Reads the subtitles of a video (WebVTT) and writes them again: times and words only, nothing of a foreign file as it came."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from clicnjob import text
from clicnjob.errors import Refusal

MEDIA_TYPE = "text/vtt"
SUBTITLES_BYTES = 64 * 1024
_CUES = 200
_LINES = 3  # of one cue
_TIME = r"(?:(\d{1,2}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"<[^<>]*>")
_LINE = 100  # characters of one line of a cue
_BEHIND = 2  # seconds by which the last words may outlast the picture


class BadSubtitles(Refusal):
    """The file is no WebVTT, or not one for this video; the sentence says where."""


def read_subtitles(data: bytes, *, seconds: float) -> str:
    """Return the subtitles as clean WebVTT. Raises BadSubtitles. `seconds` is how long the video lasts."""
    if len(data) > SUBTITLES_BYTES:
        raise BadSubtitles("Les sous-titres sont trop longs pour 3 minutes. Vérifiez le fichier.")
    try:
        said = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSubtitles("Les sous-titres ne sont pas en UTF-8. Exportez-les de nouveau en WebVTT (.vtt).") from None
    rows = said.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"WEBVTT(?:[ \t]|$)", rows[0]):
        raise BadSubtitles(
            "Ce fichier n’est pas un fichier de sous-titres WebVTT (.vtt). Sa première ligne est WEBVTT."
        )
    cues = list(_rewritten_cues(rows, whole=round(seconds * 1000)))
    if not cues:
        raise BadSubtitles("Ce fichier de sous-titres ne contient aucune phrase.")
    if len(cues) > _CUES:
        raise BadSubtitles(f"Il y a {len(cues)} sous-titres, {_CUES} au plus pour 3 minutes.")
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _rewritten_cues(rows: list[str], *, whole: int) -> Iterator[str]:
    """Yield each cue written again. Notes, styles and regions are left out."""
    before = 0
    for at, block in _numbered_blocks(rows):
        if "-->" not in block[0] and (len(block) == 1 or "-->" not in block[1]):
            continue  # the head, a note, a style, a region
        if "-->" not in block[0]:
            at, block = at + 1, block[1:]
        start, end = _cue_times(block[0], at)
        if start < before or end <= start or end > whole + _BEHIND * 1000:
            raise BadSubtitles(f"Sous-titres, ligne {at} : ces temps ne vont pas avec la vidéo.")
        before = start
        words = [line for line in (_plain_line(one, at) for one in block[1:]) if line]
        if len(words) > _LINES:
            raise BadSubtitles(f"Sous-titres, ligne {at} : {_LINES} lignes au plus à la fois.")
        if words:
            yield "\n".join((f"{_written_time(start)} --> {_written_time(end)}", *words))


def _numbered_blocks(rows: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks between empty lines, each with the number of its first line."""
    first = 0
    for at, row in enumerate([*rows, ""]):
        if not row.strip():
            if rows[first:at]:
                yield first + 1, rows[first:at]
            first = at + 1


def _cue_times(row: str, at: int) -> tuple[int, int]:
    found = _TIMES.fullmatch(row.strip())
    if found is None:
        raise BadSubtitles(f"Sous-titres, ligne {at} : les temps s’écrivent 00:01.000 --> 00:04.000.")
    return _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])


def _milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _written_time(instant: int) -> str:
    minutes, rest = divmod(instant, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _plain_line(row: str, at: int) -> str:
    """Return a line without tags and entities, written so that it is none again."""
    bare = html.unescape(_TAG.sub("", row))
    try:
        cleaned = text.clean_line(bare, most=_LINE)
    except Refusal as refusal:
        raise BadSubtitles(f"Sous-titres, après la ligne {at} : {refusal.sentence}") from None
    return html.escape(cleaned, quote=False).replace("--&gt;", "→")
