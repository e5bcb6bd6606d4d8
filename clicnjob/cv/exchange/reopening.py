"""Opens a file that somebody brings, recognised by its content: our own, or a CV from elsewhere, whose lines are returned."""

from __future__ import annotations

import json
from dataclasses import dataclass

from clicnjob import policy, text
from clicnjob.bounded import apart
from clicnjob.cv.exchange import docx_reading, pdf_reading, work_file
from clicnjob.cv.exchange.work_file import BadFile, CarriedWork

ATTACHED = "clicnjob.json"  # name of the attachment that holds the answers inside the PDF
_PDF_HEAD = 1_024  # PDF readers accept « %PDF- » anywhere in the first kilobyte
_LONGEST_WORDS = 1024 * 1024  # the words of a file, as JSON
_WHICH = "Ici, on ouvre le PDF fait ici, un autre PDF, un .docx ou un .json."
_LIGHTER = "Enregistre ton CV en PDF, sans photo. Donne ensuite ce PDF."
_TO_PDF = "Ouvre-le, puis enregistre-le en PDF. Donne ensuite ce PDF."
_BY_HAND = "Garde-le devant toi, et réponds aux questions."
PHOTO = f"C’est une photo, on ne sait pas y lire. {_BY_HAND}"
_OTHERS = {
    b"PK\x05\x06": "C’est un dossier zip vide. Regarde si ton CV est à côté.",
    b"\xd0\xcf\x11\xe0": f"C’est un ancien fichier Word (.doc). {_TO_PDF}",
    b"{\\rtf": f"C’est un fichier de traitement de texte (.rtf). {_TO_PDF}",
    b"\xff\xd8\xff": PHOTO,
    b"\x89PNG": PHOTO,
    b"GIF8": PHOTO,
    b"BM": PHOTO,
    b"II*\x00": PHOTO,
    b"MM\x00*": PHOTO,
    b"RIFF": f"C’est une image ou un son, on ne sait pas y lire. {_BY_HAND}",
    b"MZ": f"C’est un programme, pas un CV. {_WHICH}",
}
_PHONE_PICTURES = (b"ftyphei", b"ftyphev", b"ftypmif1", b"ftypmsf1", b"ftypavif")  # HEIC and its sisters, at byte 4
_IN_A_ZIP = {
    b"mimetypeapplication/vnd.oasis.opendocument.text": f"C’est un fichier LibreOffice (.odt). {_TO_PDF}",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": f"C’est un tableur (.ods). {_WHICH}",
    b"Index/Document.iwa": f"C’est un fichier Pages, de Mac (.pages). {_TO_PDF}",
    b"xl/workbook.xml": f"C’est un tableur (.xlsx). {_WHICH}",
    b"ppt/presentation.xml": f"C’est une présentation (.pptx). {_TO_PDF}",
}
_WORD_BODY = b"word/document.xml"
_IF_MADE_HERE = "Si tu l’as fait ici, cherche le PDF que tu as téléchargé\u00a0: lui se rouvre."
_OUR_TITLE = "CV –"
_PROGRAMS = {
    "word": "Word", "libreoffice": "LibreOffice", "openoffice": "OpenOffice", "canva": "Canva", "google": "Google Docs",
    "pages": "Pages", "indesign": "InDesign",
}  # fmt: skip


class UnknownFile(BadFile):
    """Raised when a file is of no kind that can be opened, whatever its name says."""


class NoAnswers(BadFile):
    """Raised for a file without answers: made elsewhere, printed again, or stripped on its way."""


class NoWords(NoAnswers):
    """Raised for a PDF or Word file without any text: a scanned page."""


class LockedPdf(BadFile):
    """Raised for a PDF that asks for a password."""


class DamagedFile(BadFile):
    """Raised for a file that cannot be read within the limits of time and memory."""


@dataclass(frozen=True, slots=True)
class ForeignCv:
    """The lines of a CV without answers of ours, and the sentence that says why it has none."""

    lines: tuple[str, ...]
    why: str


def reopen_file(data: bytes, filename: str = "") -> CarriedWork:
    """Return the profile, the CVs and the photo of an uploaded file. `filename` is used only in error messages.

    Raises BadFile or one of its kinds; NoAnswers for a CV that `open_file` can read.
    """
    found = open_file(data, filename)
    if isinstance(found, ForeignCv):
        raise NoAnswers(found.why)
    return found


def open_file(data: bytes, filename: str = "") -> CarriedWork | ForeignCv:
    """Return the content of a file made here or by a known tool, or the lines of any other PDF or Word file.

    Raises BadFile or one of its kinds: UnknownFile, NoWords, LockedPdf, DamagedFile.
    """
    if not data:
        raise UnknownFile(f"{_file_in_words(filename)} est vide. {_WHICH}")
    if len(data) > policy.UPLOAD_BYTES:
        raise UnknownFile(f"{_file_in_words(filename)} dépasse 5 Mo. {_LIGHTER}")
    if b"%PDF-" in data[:_PDF_HEAD]:
        return _opened_pdf(data)
    if is_docx(data):
        return _opened_docx(data)
    if sentence := _kind_of_other(data):
        raise UnknownFile(sentence)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] != b"{" and not data.startswith(b"\xfe\xff"):
        raise UnknownFile(f"{_file_in_words(filename)} ne peut pas s’ouvrir ici. {_WHICH}")
    return work_file.read_work_file(data)


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a Word file: a zip in which the name of its body stands as it is, and no work of ours."""
    return data.startswith(b"PK\x03\x04") and _WORD_BODY in data and b"donnees.json" not in data


def is_other_office_file(data: bytes) -> bool:
    """Whether a zip is the file of an office program that is not read here."""
    return data.startswith(b"PK\x03\x04") and any(mark in data for mark in _IN_A_ZIP)


def _kind_of_other(data: bytes) -> str:
    if data[4:12].startswith(_PHONE_PICTURES):
        return PHOTO
    if data.startswith(b"PK\x03\x04"):
        other = next((sentence for mark, sentence in _IN_A_ZIP.items() if mark in data), "")
        return other or f"C’est un dossier zip, sans CV qui s’ouvre ici. {_WHICH}"
    return next((sentence for mark, sentence in _OTHERS.items() if data.startswith(mark)), "")


def _file_in_words(filename: str) -> str:
    return f"Le fichier «\u00a0{text.file_name(filename)}\u00a0»" if filename else "Ce fichier"


def _opened_pdf(pdf: bytes) -> CarriedWork | ForeignCv:
    longest = policy.UPLOAD_BYTES + len(pdf_reading.FOUND)
    try:
        found = apart.read_apart(pdf_reading.read_pdf, pdf, ATTACHED, longest=longest)
    except apart.UnreadableFile as damaged:
        raise DamagedFile(
            "Ce PDF est abîmé ou trop compliqué à lire. Il faut le télécharger de nouveau. " + _WHICH
        ) from damaged
    if found == pdf_reading.LOCKED:
        raise LockedPdf("Ce PDF s’ouvre avec un mot de passe. Enregistre-le sans mot de passe, puis donne-le.")
    if found.startswith(pdf_reading.FOUND):
        return work_file.read_work_file(found.removeprefix(pdf_reading.FOUND))
    content = json.loads(found.removeprefix(pdf_reading.TEXT))
    return _foreign_cv(
        content["lines"],
        why=_what_happened(content["program"], content["title"]),
        empty=f"Ce PDF est une image de ta page, sans texte à lire. {_BY_HAND}",
    )


def _what_happened(program: str, title: str) -> str:
    """Say why a PDF has no answers, from its title and the program that wrote it."""
    folded = text.fold_text(program)
    if "typst" in folded and title.startswith(_OUR_TITLE):
        return f"Ce PDF a perdu sa partie cachée, celle qui garde tes réponses. {_IF_MADE_HERE}"
    if tool := next((name for mark, name in _PROGRAMS.items() if mark in folded), ""):
        return f"Ce PDF a été fait avec {tool}\u00a0: il ne garde pas tes réponses."
    return f"Ce PDF a été imprimé, ou fait avec un autre programme. {_IF_MADE_HERE}"


def _opened_docx(data: bytes) -> ForeignCv:
    try:
        found = apart.read_apart(docx_reading.read_docx, data, longest=_LONGEST_WORDS)
    except apart.UnreadableFile as damaged:
        raise DamagedFile(f"Ce fichier Word est abîmé ou trop compliqué à lire. {_TO_PDF}") from damaged
    return _foreign_cv(
        json.loads(found)["lines"],
        why="Un fichier Word ne garde pas tes réponses, seulement la page.",
        empty=f"Ce fichier Word n’a pas de texte à lire, seulement une image. {_BY_HAND}",
    )


def _foreign_cv(lines: list[str], *, why: str, empty: str) -> ForeignCv:
    if not any(line.strip() for line in lines):
        raise NoWords(empty)
    return ForeignCv(tuple(lines), why)
