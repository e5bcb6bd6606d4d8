"""Letters with accents: which encoding a file was written in, and the cells in which another programme spoilt them."""

from __future__ import annotations

import re

_ENCODINGS = {"cp1252": "Windows (cp1252)", "mac_roman": "Mac (mac-roman)", "cp850": "DOS (cp850)"}
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ’«»°€–ñÑáíóúãõ\u00a0")
_READ_AS_WINDOWS = re.compile(r"[ÃÂÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_MAC_AS_WINDOWS = re.compile(r"(?<=[a-zà-ÿ])[ŽŠ](?![A-ZŠŽ])")
_LOST = re.compile(r"\ufffd|(?<=\w)\?(?=\w)|(?<=\w{2})\?$")


def decoded_text(content: bytes) -> tuple[str, str] | None:
    """Return the text of bytes that are neither UTF-8 nor UTF-16, and the name of their encoding; None when unreadable.

    Every byte means something in each of the old encodings, so the one that gives most French letters is right.
    """
    found: list[tuple[int, int, str, str]] = []
    for order, (encoding, name) in enumerate(_ENCODINGS.items()):
        try:
            decoded = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_frenchness(decoded), -order, decoded, name))
    if not found:
        return None
    _, _, decoded, name = max(found)
    return decoded, name


def mended_text(cell: str) -> str:
    """Return a cell with the accents that another programme misread put right: « ZoÃ© » and « ZoŽ » are « Zoé »."""
    if _READ_AS_WINDOWS.search(cell):
        try:
            return cell.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return cell
    if _MAC_AS_WINDOWS.search(cell):
        try:
            return cell.encode("cp1252").decode("mac_roman")
        except UnicodeError:
            return cell
    return cell


def has_lost_letter(cell: str) -> bool:
    """Whether a letter was replaced by « � » or « ? », so that nobody can tell which it was."""
    return bool(_LOST.search(cell))


def _frenchness(decoded: str) -> int:
    """Count the letters of French, less the other signs; a capital with an accent inside a word counts against it."""
    foreign = [c for c in decoded if ord(c) > 127]
    inside = len(re.findall(r"(?<=[a-z])[À-ÝŠŽŒ](?=[a-z]|\b)", decoded))
    return sum(1 if c in _FRENCH else -2 for c in foreign) - 3 * inside
