"""Reads a PDF: the answers attached to it, or else its words. It runs in a separate process, so it imports little."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

FOUND, TEXT, LOCKED = b"found:", b"text:", b"locked"
_NODES = 500
_OBJECTS = 4_000  # of a whole file, looked at when no table of attachments names ours
_PAGES = 6
_CHARACTERS = 40_000
_TOLD = 200  # characters of a title
_OURS = re.compile(rb'\s*(?:\xef\xbb\xbf)?\{\s*"format"\s*:\s*"clicnjob"')


def read_pdf(pdf: bytes, name: str) -> bytes:
    """Return FOUND with the bytes attached under this name, else TEXT with a JSON object, or LOCKED.

    The object has the `lines` of the first pages and the `program` that wrote the file, with its `title`. A file that
    only its owner may change opens with the empty password. Raises whatever pypdf raises on a damaged file.
    """
    from pypdf import PdfReader  # this import takes half a second, so it is done only when a PDF is read

    reader = PdfReader(io.BytesIO(pdf), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    attached = _named_attachment(reader, name)
    if attached is None:
        attached = _lost_attachment(reader, name)
    return FOUND + attached if attached is not None else TEXT + json.dumps(_words_of(reader)).encode()


def _named_attachment(reader: Any, name: str) -> bytes | None:
    """Look the name up in the table of attachments."""
    names = reader.root_object.get("/Names")
    waiting: list[Any] = [names.get_object().get("/EmbeddedFiles")] if names is not None else []
    for _ in range(_NODES):
        node = waiting.pop().get_object() if waiting and waiting[-1] is not None else None
        if node is None:
            return None
        waiting += list(reversed(node.get("/Kids", ())))
        pairs = node.get("/Names", ())
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if str(key.get_object()) == name:
                return bytes(value.get_object()["/EF"]["/F"].get_object().get_data())
    return None


def _lost_attachment(reader: Any, name: str) -> bytes | None:
    """Look through all objects: a program that joins files may rename an attachment or drop it from the table."""
    stem = name.partition(".")[0]
    for one in _objects_of(reader):
        try:
            kind = one.get("/Type")
            if kind == "/Filespec" and stem in f"{one.get('/UF', '')}{one.get('/F', '')}":
                data = bytes(one["/EF"]["/F"].get_object().get_data())
            elif kind == "/EmbeddedFile":
                data = bytes(one.get_data())
            else:
                continue
        except Exception:  # noqa: BLE001, S112 - a damaged object tells nothing about the others
            continue
        if _OURS.match(data):
            return data
    return None


def _objects_of(reader: Any) -> Iterator[Any]:
    numbers = sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm))
    for number in numbers[:_OBJECTS]:
        try:
            one = reader.get_object(number)
        except Exception:  # noqa: BLE001, S112 - see above
            continue
        if hasattr(one, "get"):
            yield one


def _words_of(reader: Any) -> dict[str, Any]:
    lines: list[str] = []
    for page in reader.pages[:_PAGES]:
        lines += page.extract_text().split("\n")
        if sum(map(len, lines)) > _CHARACTERS:
            break
    about = reader.metadata or {}
    program = " ".join(str(about.get(key, "")) for key in ("/Creator", "/Producer"))
    return {"lines": lines, "program": program[:_TOLD], "title": str(about.get("/Title", ""))[:_TOLD]}
