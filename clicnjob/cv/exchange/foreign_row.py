"""Reads the fields of a file from elsewhere. What cannot be read is left out and noted by its place on the CV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from clicnjob import policy, text
from clicnjob.cv.exchange import markup
from clicnjob.cv.exchange.fields import Check, Object
from clicnjob.errors import Refusal

_QUOTED = 40  # characters of a value shown in a note
_READ_AT_MOST = 2 * policy.TEXT_LENGTH  # markup included
_CUT_AT = 20  # characters before the limit among which a cut looks for a space


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One group of a file. `place` names it on the CV (« ton 2ᵉ emploi »), `left_out` collects what could not be read."""

    data: Object
    place: str = ""
    left_out: list[str] = field(default_factory=list)

    def text_line(self, *keys: str, name: str, check: Check = text.clean_line, most: int = policy.LINE_LENGTH) -> str:
        """Return the first filled text among the keys, on one line, without markup; '' if there is none."""
        return self._checked_text(
            " ".join(markup.plain_text(self._first_written(keys, name)).split("\n")), name, check, most
        )

    def exact_text(self, *keys: str, name: str, check: Check) -> str:
        """Return the first filled text among the keys, as `check` gives it; markup is not looked for."""
        return self._checked_text(self._first_written(keys, name), name, check, policy.LINE_LENGTH)

    def text_lines(self, *keys: str, name: str) -> list[str]:
        """Return the lines of all the keys: of texts, and of lists of texts."""
        values = [self.data.get(key) for key in keys]
        parts = [part for value in values for part in (value if isinstance(value, list) else [value])]
        lines = [line for part in parts for line in markup.plain_text(self._text_of(part, name)).split("\n")]
        if len(lines) > policy.CARRIED_ITEMS:
            self.add_note(f"{name}, seulement les {policy.CARRIED_ITEMS} premières lignes")
        cleaned = (
            self._checked_text(line, name, text.clean_paragraph, policy.TEXT_LENGTH)
            for line in lines[: policy.CARRIED_ITEMS]
        )
        return [line for line in cleaned if line]

    def inner_group(self, key: str, name: str) -> ForeignRow:
        """Return the group under a key, empty if there is none; a text there is left to `text_line`."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, (dict, str)):
            self.leave_out(name, value)
        return ForeignRow(value if isinstance(value, dict) else {}, self.place, self.left_out)

    def inner_rows(self, key: str, name_of: Callable[[int], str]) -> list[ForeignRow]:
        """Return the groups of a list. `name_of` gives the place of a row on the CV by its number, from 1."""
        value = self.data.get(key)
        if value is None or value in ("", {}):
            return []
        listed = value if isinstance(value, list) else [value]
        if len(listed) > policy.CARRIED_ITEMS:
            self.add_note(f"{name_of(1)}… on s’arrête après {policy.CARRIED_ITEMS} lignes")
        found = []
        for number, row in enumerate(listed[: policy.CARRIED_ITEMS], start=1):
            if isinstance(row, str) and row.strip():  # a list of words where a list of groups is usual
                row = {"name": row}
            if isinstance(row, dict):
                found.append(ForeignRow(row, name_of(number), self.left_out))
            else:
                self.leave_out(name_of(number), row)
        return found

    def leave_out(self, name: str, value: object, reason: str = "") -> None:
        """Note that a field could not be read; `reason` is a sentence that tells what to write."""
        shown = " ".join(str(value).split())[:_QUOTED] if isinstance(value, (str, int, float)) else ""
        quoted = f"«\u00a0{shown}\u00a0»" if shown else "ce"
        self.add_note(
            f"{name}\u00a0: {quoted} ne se lit pas" if not self.place else f"{name} {quoted} ne se lit pas", reason
        )

    def add_note(self, words: str, reason: str = "") -> None:
        """Add a note, once, with the place of this row before it."""
        where = f"{self.place}\u00a0: {words}" if self.place else words
        sentence = f"{where[:1].upper()}{where[1:]}. {reason}".strip()
        sentence = sentence.encode("utf-8", "replace").decode()
        if sentence not in self.left_out and len(self.left_out) < policy.CARRIED_ITEMS:
            self.left_out.append(sentence)

    def _first_written(self, keys: Iterable[str], name: str) -> str:
        for key in keys:
            if written := self._text_of(self.data.get(key), name):
                return written
        return ""

    def _text_of(self, value: object, name: str) -> str:
        if value in (None, "", [], {}):
            return ""
        if (written := _as_written(value)) is None:
            self.leave_out(name, value)
            return ""
        if len(written) > _READ_AT_MOST:
            self.add_note(f"{name}, c’est trop long, on garde le début")
        return written[:_READ_AT_MOST]

    def _checked_text(self, written: str, name: str, check: Check, most: int) -> str:
        try:
            return check(written)
        except text.TooLong:
            self.add_note(f"{name}, c’est trop long, on garde le début")
            return self._checked_text(_cut_text(written, most), name, check, most) if len(written) > most else ""
        except Refusal as refusal:
            self.leave_out(name, written, refusal.sentence)
            return ""


def _as_written(value: Any) -> str | None:
    """Return a text, a number or a list of them as text, or None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, list):
        parts = [_as_written(one) for one in value if one is not None and not isinstance(one, list)]
        return None if None in parts else "\n".join(part for part in parts if part)
    return value if isinstance(value, str) else None


def _cut_text(written: str, most: int) -> str:
    cut = written[: most - 1]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > most - _CUT_AT else cut}…"
