"""Every word of a file, wherever it hides: the text, the properties, what is attached, the parts of a zip, raw streams."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator

import pypdf
from pypdf.generic import StreamObject


def parts(data: bytes) -> Iterator[bytes]:
    """The file itself and all that it holds, unpacked as deep as it goes."""
    yield data
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for info in packed.infolist():
                yield info.filename.encode() + info.comment + info.extra
                yield from parts(packed.read(info))
            yield packed.comment


def said(data: bytes) -> str:
    """All of it as text to look for words in."""
    found = []
    for part in parts(data):
        found += [part.decode("utf-8", "replace"), part.decode("utf-16-be", "replace")]
        found.append(re.sub(r"<[^>]+>", "", found[-2]))  # Word may cut a word in runs
    return "\n".join(found)


def holds(data: bytes, piece: bytes) -> bool:
    """Whether these bytes are somewhere in it, as they are or in base64 (whatever their place in it)."""
    coded = [base64.b64encode(piece[start:])[4:-4] for start in range(3)]
    return any(piece in part or any(one in part for one in coded) for part in parts(data))


def printed(pdf: bytes) -> str:
    """The words on the pages of a PDF."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def attachments(pdf: bytes) -> dict[str, bytes]:
    """What a PDF carries inside, by name."""
    return {name: content[0] for name, content in pypdf.PdfReader(io.BytesIO(pdf)).attachments.items()}


def _pdf(data: bytes) -> Iterator[bytes]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    yield printed(data).encode()
    yield " ".join(str(value) for value in (reader.metadata or {}).values()).encode()
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        yield str(found).encode()
        if isinstance(found, StreamObject):
            yield found.get_data()
