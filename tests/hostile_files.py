"""Files made to hurt their reader: each small or allowed by its size, each much more when it is read."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from functools import cache

from openpyxl import Workbook
from PIL import Image

from clicnjob import policy

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def many_keys(count: int = 350_000) -> bytes:
    return b"{" + b",".join(b'"k%d":1' % n for n in range(count)) + b"}"


@cache
def whole_bag(size: int = 4_400_000) -> bytes:
    """Valid answers of ours: experiences, phrases and CVs up to the size that an upload may have."""
    phrase = "Accueillir les clients avec le sourire et tenir la caisse sans erreur. " * 50
    rows = [{"title": "Vente", "phrases": [phrase] * 4, "id": f"e{n}"} for n in range(199)]
    profile = {"first_name": "Zoé", "experiences": rows}
    made = {"format": "clicnjob", "version": 1, "profile": profile, "cvs": [{"job_wanted": "Vendeuse"}]}
    return json.dumps(made, ensure_ascii=False).encode()[:-1] + b" " * 10 + b"}"


def deep(levels: int = 200_000) -> bytes:
    return b'{"format": "clicnjob", "profile": ' + b"[" * levels + b"]" * levels + b"}"


def resume(value: str) -> bytes:
    return ('{"basics": {"name": "Zo\\u00e9 B"}, "work": ' + value + "}").encode()


def _workbook() -> bytes:
    book = Workbook()
    book.active.append(["Prénom", "Nom"])
    book.active.append(["Zoé", "Bâ"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as sound, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for part in sound.infolist():
            if part.filename != name:
                out.writestr(part.filename, sound.read(part))
        out.writestr(name, content)
    return made.getvalue()


@cache
def swollen_strings(size: int = 55_000_000) -> bytes:
    """A workbook of 100 KB whose table of texts has millions of rows."""
    row = b"<si><t>a</t></si>"
    return _with_part(STRINGS, f"<sst {_MAIN}>".encode() + row * (size // len(row)) + b"</sst>")


@cache
def endless_rows(size: int = 50_000_000) -> bytes:
    """A workbook of 100 KB whose sheet has millions of empty cells."""
    row = b"<row>" + b"<c/>" * 50 + b"</row>"
    head = f"<worksheet {_MAIN}><sheetData>".encode()
    return _with_part(SHEET, head + row * (size // len(row)) + b"</sheetData></worksheet>")


def laughs() -> bytes:
    """A sheet whose entities each say the one before ten times."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ah"}">' for n in range(10))
    head = (
        f"<!DOCTYPE w [{entities}]><worksheet {_MAIN}><sheetData><row><c><v>&l9;</v></c></row></sheetData></worksheet>"
    )
    return _with_part(SHEET, head.encode())


def one_endless_line() -> bytes:
    return b"Prenom;Nom\n" + b";" * (policy.IMPORT_BYTES - 20)


def blank_lines() -> bytes:
    return b"Prenom;Nom\n" + b"\n" * (policy.IMPORT_BYTES - 20)


@cache
def packed(name: str, size: int = 300_000_000) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out, out.open(name, "w") as part:
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return made.getvalue()


@cache
def many_parts(count: int = 60_000) -> bytes:
    """A zip of less than 5 MB with very many names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for number in range(count // 2):
            out.writestr(f"{number:x}", b"")
    return made.getvalue()


@cache
def swollen_pdf(size: int = 300_000_000) -> bytes:
    """A PDF whose attachment is packed twice."""
    inside = zlib.compress(zlib.compress(b"0" * size))
    objects = (
        b"<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>",
        b"<</Names [(clicnjob.json) <</EF <</F 3 0 R>>>>]>>",
        b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>stream\n%s\nendstream" % (len(inside), inside),
    )
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = len(written)
    return written + b"xref\n0 4\n0000000000 65535 f \n%strailer <</Size 4 /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        end,
    )


def flat_png(side: int, mode: str = "LA") -> bytes:
    """One colour: a few kilobytes, and all the pixels that the bounds allow."""
    made = io.BytesIO()
    Image.new(mode, (side, side)).save(made, "PNG")
    return made.getvalue()


_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file with this body."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as out:
        out.writestr("[Content_Types].xml", "<Types/>")
        out.writestr("word/document.xml", body)
    return made.getvalue()


def word_body(inside: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<w:document {_WORD}><w:body>{inside}</w:body></w:document>'.encode()


def word_laughs() -> bytes:
    """A Word file whose entities each say the one before ten times."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ah"}">' for n in range(10))
    return word_file(word_body("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f"<!DOCTYPE w [{entities}]>"))


def word_of_another_file() -> bytes:
    """A Word file that names a file of the server as an entity."""
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word_file(word_body("<w:p><w:r><w:t>root &x;</w:t></w:r></w:p>", entity))


@cache
def word_of_a_million_runs() -> bytes:
    return word_file(word_body(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 800_000}</w:p>"))


@cache
def word_of_empty_runs() -> bytes:
    return word_file(word_body(f"<w:p>{'<w:r/>' * 3_000_000}</w:p>"))


@cache
def word_bomb() -> bytes:
    return word_file(word_body(f"<w:p><w:r><w:t>{'a' * 90_000_000}</w:t></w:r></w:p>"))


@cache
def deep_word() -> bytes:
    return word_file(word_body("<w:p>" * 300_000 + "</w:p>" * 300_000))


def _pages(content: bytes, *, count: int = 1, extra: bytes = b"") -> bytes:
    """A PDF of so many pages that share one content."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Count %d /Kids [%s]>>" % (count, kids),
        b"<</Length %d %s>>stream\n%s\nendstream" % (len(content), extra, content),
        *(b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 3 0 R>>" for _ in range(count)),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(written),
    )


@cache
def pdf_of_endless_text() -> bytes:
    text = b"BT /F1 9 Tf " + b"(abcdefghij) Tj 0 -9 Td " * 2_000_000 + b"ET"
    return _pages(zlib.compress(text), extra=b"/Filter /FlateDecode")


def pdf_of_many_pages() -> bytes:
    return _pages(b"BT /F1 9 Tf (bonjour) Tj ET", count=20_000)


def deep_pdf() -> bytes:
    return _pages(b"[" * 200_000 + b"q " * 200_000)
