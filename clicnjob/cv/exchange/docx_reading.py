"""Reads the words of a Word file (.docx). It runs in a separate process, so it imports little."""

from __future__ import annotations

import io
import json
import zipfile
from typing import IO
from xml.etree import ElementTree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box, for old programs
)
_BODY = "word/document.xml"
_PART_BYTES = 20 * 1024 * 1024  # unpacked; a CV has a hundredth
_CHARACTERS = 40_000
_LISTED = "• "  # stands before a paragraph of a list
_ENTITY = b"<!ENTITY"


def read_docx(data: bytes) -> bytes:
    """Return a JSON object with the `lines` of the headers, then of the body with its tables and text boxes.

    Raises whatever zipfile and ElementTree raise on a damaged file, and ValueError for one made to swell.
    """
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {part.filename: part for part in packed.infolist()}
        headers = sorted(name for name in parts if name.startswith("word/header") and name.endswith(".xml"))
        for name in (*headers[:3], _BODY):
            if parts[name].file_size > _PART_BYTES:
                raise ValueError(name)
            with packed.open(name) as part:
                lines += _lines_of(_without_entities(part))
    return json.dumps({"lines": lines}).encode()


def _without_entities(part: IO[bytes]) -> IO[bytes]:
    """Refuse a part that defines entities: Word never does, and they can swell or name other files."""
    data = part.read(_PART_BYTES + 1)
    if len(data) > _PART_BYTES or _ENTITY in data or _ENTITY.decode().encode("utf-16-le") in data:
        raise ValueError
    return io.BytesIO(data)


def _lines_of(part: IO[bytes]) -> list[str]:
    """Return the paragraphs in the order of the file; a paragraph in a text box comes after the one that holds it."""
    reader = _Paragraphs()
    # Entities were refused above, and expat fetches nothing.
    for event, one in ElementTree.iterparse(part, events=("start", "end")):  # noqa: S314
        if event == "start":
            reader.open_element(one.tag)
        else:
            reader.close_element(one)
            one.clear()
        if reader.length > _CHARACTERS:
            break
    return reader.lines


class _Paragraphs:
    """Collects the paragraphs of one part while its elements open and close."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self._open: list[list[str]] = []
        self._inside: list[str] = []  # of the text boxes inside the paragraph that is open
        self._skipped = 0

    def open_element(self, tag: str) -> None:
        if tag == _FALLBACK:
            self._skipped += 1
        elif tag == f"{_WORD}p" and not self._skipped:
            self._open.append([])

    def close_element(self, one: ElementTree.Element) -> None:
        if one.tag == _FALLBACK:
            self._skipped -= 1
        elif not self._skipped and self._open:
            self.length += _add_text(self._open[-1], one)
            if one.tag == f"{_WORD}p":
                self._close_paragraph()

    def _close_paragraph(self) -> None:
        made = _paragraph_lines(self._open.pop())
        if self._open:
            self._inside += made
        else:
            self.lines += [*made, *self._inside]
            self._inside = []


def _paragraph_lines(written: list[str]) -> list[str]:
    listed = written[:1] == [_LISTED]
    words = "".join(written[1:] if listed else written)
    return (_LISTED + words if listed and words else words).split("\n")


def _add_text(written: list[str], one: ElementTree.Element) -> int:
    name = one.tag.removeprefix(_WORD)
    if name == "t":
        written.append(one.text or "")
    elif name == "tab":
        written.append("\t")
    elif name in ("br", "cr"):
        written.append("\n")
    elif name == "noBreakHyphen":
        written.append("-")
    elif (name == "numPr" or (name == "pStyle" and "list" in one.get(f"{_WORD}val", "").lower())) and not written:
        written.append(_LISTED)
    return len(written[-1]) if written and name in ("t", "tab") else 0
