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


@dataclass(frozen=True, slots=True)
class GrammalecteAlert:
    """One alert of Grammalecte; `start` and `end` are character positions in the text."""

    start: int
    end: int
    suggestions: tuple[str, ...]
    sentence: str
    spelling: bool


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
            [command, "--file", "/dev/stdin", "--json", "--with_spell_sugg"],
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
            yield _alert_of_fault(
                shift, fault, fault.get("aSuggestions", ()), fault.get("sMessage", ""), spelling=False
            )
        for fault in paragraph.get("lSpellingErrors", ()):
            if not fault.get("sValue", "X")[:1].isupper():
                yield _alert_of_fault(shift, fault, fault.get("aSuggestions", ()), "", spelling=True)


def _alert_of_fault(shift: int, fault: dict[str, Any], meant: Any, message: str, *, spelling: bool) -> GrammalecteAlert:
    sentence = message.split("\n")[0][:160] or "Ce mot s’écrit autrement."
    return GrammalecteAlert(shift + fault["nStart"], shift + fault["nEnd"], tuple(meant)[:3], sentence, spelling)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts
