"""Extracts one attachment from a PDF. It runs in a separate process, so it imports little."""

from __future__ import annotations

import io
from typing import Any

FOUND, NO_ATTACHMENT, ENCRYPTED = b"found:", b"none", b"encrypted"
_NODES = 500


def read_attachment(pdf: bytes, name: str) -> bytes:
    """Return FOUND followed by the bytes attached under this name, or NO_ATTACHMENT, or ENCRYPTED.

    Raises whatever pypdf raises on a damaged file.
    """
    from pypdf import PdfReader  # this import takes half a second, so it is done only when a PDF is read

    reader = PdfReader(io.BytesIO(pdf), strict=False)
    if reader.is_encrypted:
        return ENCRYPTED
    names = reader.root_object.get("/Names")
    waiting: list[Any] = [names.get_object().get("/EmbeddedFiles")] if names is not None else []
    for _ in range(_NODES):
        node = waiting.pop().get_object() if waiting and waiting[-1] is not None else None
        if node is None:
            return NO_ATTACHMENT
        waiting += list(reversed(node.get("/Kids", ())))
        if found := _attachment_named(node.get("/Names", ()), name):
            return FOUND + found
    return NO_ATTACHMENT


def _attachment_named(pairs: Any, name: str) -> bytes | None:
    for key, value in zip(pairs[::2], pairs[1::2], strict=False):
        if str(key.get_object()) == name:
            stream = value.get_object()["/EF"]["/F"].get_object()
            return bytes(stream.get_data())
    return None
