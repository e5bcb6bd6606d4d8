"""Opening a file again: ours does, all else is refused by content, and nothing loops or swells."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdf
import pytest
import typst
from PIL import Image

from clicnjob import policy
from clicnjob.cv.document import pdf as pdf_page
from clicnjob.cv.document.compose import compose_document
from clicnjob.cv.exchange import reopening, work_file
from clicnjob.cv.exchange.work_file import BadFile, CarriedWork
from clicnjob.cv.model.profile import Cv, Experience, Profile
from tests.for_each import for_each

PROFILE = Profile(first_name="Zoé", last_name="Bernard", experiences=[Experience(id="a", title="Caissière")])
CARRIED = CarriedWork(PROFILE, (Cv(job_wanted="Caissière"),))
SOURCE = b"""#set document(title: "CV")
#pdf.attach("clicnjob.json", bytes(sys.inputs.payload), description: "Tout", mime-type: "application/json")
Bonjour"""
PLAIN = '#set document(title: "CV – Zoé Bernard")\nBonjour'.encode()


def payload() -> bytes:
    return work_file.work_as_json(CARRIED.profile, CARRIED.cvs, CARRIED.photo)


@cache
def pdf(source: bytes = SOURCE) -> bytes:
    inputs = {"payload": payload().decode()}
    files: Any = {"main.typ": source}
    return bytes(typst.compile(files, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs))


def rewritten(**changes: Any) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    if changes:
        writer.encrypt(**changes)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_hand(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        body
        + head
        + table
        + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    )


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def attached(content: bytes) -> bytes:
    names = b"<</Names [(autre.txt) 4 0 R (clicnjob.json) 3 0 R]>>"
    return by_hand(
        b"<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>",
        names,
        b"<</Type /Filespec /F (clicnjob.json) /EF <</F 5 0 R>>>>",
        b"<</Type /Filespec /F (autre.txt) /EF <</F 5 0 R>>>>",
        content,
    )


def test_a_pdf_made_here_reopens_with_every_answer() -> None:
    assert reopening.reopen_file(pdf(), "cv.pdf") == CARRIED


def test_the_very_page_of_a_cv_reopens() -> None:
    page = pdf_page.pdf_page(compose_document(PROFILE, CARRIED.cvs[0]), attachments={reopening.ATTACHED: payload()})
    assert reopening.reopen_file(page.pdf) == CARRIED


def test_a_pdf_saved_again_by_another_program_still_reopens() -> None:
    assert reopening.reopen_file(rewritten()) == CARRIED


def test_our_json_reopens() -> None:
    assert reopening.reopen_file(payload(), "clicnjob.json") == CARRIED


def test_a_json_resume_reopens() -> None:
    assert reopening.reopen_file(b' {"basics": {"name": "Zoe Bernard"}}').profile.last_name == "Bernard"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_json_saved_by_notepad_reopens(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert reopening.reopen_file(mark + payload().decode().encode(encoding)) == CARRIED


def test_the_name_of_the_file_changes_nothing() -> None:
    assert reopening.reopen_file(pdf(), "photo\u202egpj.exe") == CARRIED


def test_an_attachment_found_beside_others_is_the_right_one() -> None:
    assert reopening.reopen_file(attached(stream(payload()))) == CARRIED


def test_an_attachment_in_a_tree_of_names_is_found() -> None:
    tree = by_hand(
        b"<</Type /Catalog /Names <</EmbeddedFiles <</Kids [2 0 R 3 0 R]>>>>>>",
        b"<</Names []>>",
        b"<</Kids [4 0 R]>>",
        b"<</Names [(clicnjob.json) <</EF <</F 5 0 R>>>>]>>",
        stream(payload()),
    )
    assert reopening.reopen_file(tree) == CARRIED


def test_a_pdf_without_answers_says_why_and_which_one_to_bring_and_gives_its_lines() -> None:
    stripped = pdf(PLAIN)
    with pytest.raises(reopening.NoAnswers, match="perdu sa partie cachée.*fait ici"):
        reopening.reopen_file(stripped)
    found = reopening.open_file(stripped)
    assert isinstance(found, reopening.ForeignCv) and found.lines == ("Bonjour",)


@for_each(
    ("program", "said"),
    [
        ("cairo 1.16.0 (https://cairographics.org)", "imprimé"),
        ("Microsoft: Print To PDF", "imprimé"),
        ("Microsoft® Word pour Microsoft 365", "fait avec Word"),
        ("Canva", "fait avec Canva"),
        ("", "imprimé"),
    ],
)
def test_a_pdf_of_another_program_says_which_one_wrote_it(program: str, said: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(PLAIN)))
    writer.metadata = None
    writer.add_metadata({"/Producer": program})
    out = io.BytesIO()
    writer.write(out)
    found = reopening.open_file(out.getvalue())
    assert isinstance(found, reopening.ForeignCv) and said in found.why and "partie cachée" not in found.why


def test_a_scanned_page_says_that_it_has_no_text() -> None:
    with pytest.raises(reopening.NoWords, match="image"):
        reopening.open_file(pdf(b'#set document(title: "CV")\n#rect(width: 4cm)'))


def test_a_pdf_that_asks_for_a_password_is_refused() -> None:
    with pytest.raises(reopening.LockedPdf, match="mot de passe"):
        reopening.reopen_file(rewritten(user_password="secret"))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_only_its_owner_may_change_reopens(algorithm: str) -> None:
    assert reopening.reopen_file(rewritten(user_password="", owner_password="moi", algorithm=algorithm)) == CARRIED


@pytest.mark.parametrize("ours_first", [True, False])
def test_a_pdf_joined_to_another_reopens(ours_first: bool) -> None:
    """A program that joins files may drop the table of attachments and keep the attachment."""
    parts = [b"<</Type /Catalog>>", b"<</Type /Filespec /UF (clicnjob \\(1\\).json) /EF <</F 3 0 R>>>>"]
    file = stream(payload(), b"/Type /EmbeddedFile")
    other = stream(b"autre", b"/Type /EmbeddedFile")
    joined = by_hand(*parts, *((file, other) if ours_first else (other, file)))
    assert reopening.reopen_file(joined) == CARRIED


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("size", [policy.UPLOAD_BYTES + 1, 50_000_000, 400_000_000])
def test_an_attachment_larger_than_any_upload_is_never_handed_over(size: int) -> None:
    with pytest.raises(reopening.DamagedFile):
        reopening.reopen_file(attached(stream(swelling(size), b"/Filter /FlateDecode")))


def test_wrong_answers_inside_a_pdf_name_their_field() -> None:
    with pytest.raises(BadFile, match="cvs"):
        reopening.reopen_file(attached(stream(b'{"format": "clicnjob", "version": 1, "cvs": 3}')))


@cache
def swelling(size: int) -> bytes:
    """This many bytes, packed small."""
    return zlib.compress(b"0" * size)


LOOPS: dict[str, bytes | Callable[[], bytes]] = {  # those that take long to make are made when they are asked for
    "names that contain themselves": by_hand(
        b"<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>", b"<</Kids [2 0 R 2 0 R]>>"
    ),
    "an object that is itself": by_hand(b"<</Type /Catalog /Names 2 0 R>>", b"2 0 R"),
    "a catalogue that is a number": by_hand(b"12"),
    "names that are a text": by_hand(b"<</Type /Catalog /Names (x)>>"),
    "an attachment that swells": lambda: attached(stream(swelling(400_000_000), b"/Filter /FlateDecode")),
    "an attachment that swells twice": lambda: attached(
        stream(zlib.compress(swelling(400_000_000)), b"/Filter [/FlateDecode /FlateDecode]")
    ),
    "an attachment that is no stream": attached(b"(x)"),
    "an unknown filter": attached(stream(b"x", b"/Filter /Truc")),
    "tables in a circle": b"%PDF-1.7\nxref\n0 0\ntrailer <</Prev 9 /Root 1 0 R>>\nstartxref\n9\n%%EOF",
    "brackets without end": by_hand(b"[" * 100_000),
    "groups without end": by_hand(b"<<" * 100_000),
    "only its mark": b"%PDF-1.7",
    "its mark and noise": b"%PDF-1.7" + bytes(range(256)) * 500,
    "a mark in the middle": b"MZ" + b"\x00" * 500 + b"%PDF-1.7\n",
}


def made(content: bytes | Callable[[], bytes]) -> bytes:
    return content() if callable(content) else content


@pytest.mark.long
@pytest.mark.slow
@for_each("kind", LOOPS)
def test_a_malicious_pdf_is_refused_and_never_crashes_loops_or_swells(kind: str) -> None:
    with pytest.raises(BadFile) as refusal:
        reopening.reopen_file(made(LOOPS[kind]))
    assert "'" not in refusal.value.sentence and refusal.value.sentence.endswith(".")


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_pdf_cut_short_never_gives_half_the_answers(part: float) -> None:
    whole = pdf()
    try:
        assert reopening.reopen_file(whole[: int(len(whole) * part)]) == CARRIED
    except BadFile as refusal:
        assert refusal.sentence


def zipped(name: str, size: int = 10) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, b"0" * size)
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (20, 20)).save(out, "GIF")
    return out.getvalue()


OTHERS: dict[str, bytes | Callable[[], bytes]] = {
    "docx": zipped("word/document.xml"),
    "docx bomb": lambda: zipped("word/document.xml", 99_000_000),
    "odt": zipped("content.xml"),
    "doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
    "rtf": b"{\\rtf1 coucou}",
    "exe": b"MZ\x90\x00" + b"\x00" * 600,
    "jpeg": b"\xff\xd8\xff\xe0" + b"\x00" * 600,
    "png": b"\x89PNG\r\n\x1a\n",
    "gif": gif(),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "html": b"<!doctype html>",
    "text": "Zoé, caissière".encode(),
    "csv": b"nom;prenom\n",
    "elf": b"\x7fELF",
    "list": b"[1, 2]",
    "spaces": b"   \n",
    "zeros": b"\x00" * 1_000,
    "empty": b"",
    "too heavy": b"%PDF-1.7" + b" " * policy.UPLOAD_BYTES,
}


@for_each("kind", OTHERS)
def test_any_other_file_is_refused_by_its_content_and_told_what_to_do(kind: str) -> None:
    with pytest.raises(BadFile, match=r"PDF fait ici.*\.json|en PDF|réponds aux questions|à côté"):
        reopening.reopen_file(made(OTHERS[kind]), "cv.pdf.exe")


@for_each(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ancien fichier Word"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "LibreOffice"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"Index/Document.iwa", "Pages"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"xl/workbook.xml", "tableur"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "photo"),
        (b"\xff\xd8\xff\xe0", "photo"),
        (b"{\\rtf1 coucou}", "traitement de texte"),
    ],
)
def test_a_file_of_another_program_is_called_by_its_name(data: bytes, said: str) -> None:
    with pytest.raises(reopening.UnknownFile, match=said):
        reopening.reopen_file(data, "cv.pdf")


@for_each("name", ["a" * 300 + ".pdf", "cv\u202efdp.exe", "../../cv.pdf", "\ud83d.pdf", "a\nb.pdf"])
def test_the_name_of_a_refused_file_is_shown_safely(name: str) -> None:
    with pytest.raises(reopening.UnknownFile) as refusal:
        reopening.reopen_file(b"coucou", name)
    assert len(refusal.value.sentence) < 200
    assert not {"\u202e", "\n", "/", "\ud83d"} & set(refusal.value.sentence)
