"""Asks Grammalecte, a free French grammar checker, in a separate process if it is installed; it is optional."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clicnjob import policy

COMMAND = "grammalecte-cli"
# The kinds of alerts that are asked for: agreement, conjugation, infinitive or participle, confusion. Its remarks on typography
# (apostrophes, no-break spaces, capitals of a list) and its dictionary, which lacks words of trade, are left out.
_GRAMMAR = frozenset(("conf", "gn", "sgpl", "infi", "conj", "ppas", "imp", "inte", "vmode", "gram", "loc"))


@dataclass(frozen=True, slots=True)
class GrammalecteAlert:
    """One alert of Grammalecte; `start` and `end` are character positions in the text."""

    start: int
    end: int
    suggestions: tuple[str, ...]
    sentence: str


def grammalecte_alerts(text: str) -> tuple[GrammalecteAlert, ...]:
    """Return Grammalecte's alerts on a text; empty if it is absent, too slow, or answers unreadably."""
    command = shutil.which(COMMAND)
    if command is None or not text.strip():
        return ()
    try:
        return tuple(_alerts_of_answer(text, json.loads(_answer_of(command, text))))
    except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError):
        return ()


def _answer_of(command: str, text: str) -> str:
    """Run Grammalecte on a text. It gives JSON only for a file, so the text goes into an unnamed temporary file."""
    with tempfile.TemporaryFile() as page:
        page.write(text.encode() + b"\n")
        page.seek(0)
        told = subprocess.run(  # noqa: S603 - a fixed command, found on the path of the server
            [command, "--file", "/dev/stdin", "--json"],
            stdin=page,
            capture_output=True,
            timeout=policy.GRAMMALECTE_SECONDS,
            check=True,
        )
    return _json_part(told.stdout.decode())


def _json_part(output: str) -> str:
    """Cut out the JSON, since the command prints a greeting before it."""
    return output[output.index("{") : output.rindex("}") + 1]


def _alerts_of_answer(text: str, answer: dict[str, Any]) -> Iterator[GrammalecteAlert]:
    starts = _line_starts(text)
    for paragraph in answer["data"]:
        shift = starts[paragraph["iParagraph"] - 1]
        for fault in paragraph.get("lGrammarErrors", ()):
            if fault.get("sType") in _GRAMMAR and fault.get("aSuggestions"):
                sentence = fault.get("sMessage", "").split("\n")[0][:160] or "Ce mot s’écrit autrement."
                meant = tuple(fault["aSuggestions"])[:3]
                yield GrammalecteAlert(shift + fault["nStart"], shift + fault["nEnd"], meant, sentence)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
