"""Reopens a file that was downloaded here (our PDF or JSON) or a JSON Resume, recognised by its content."""

from __future__ import annotations

from clicnjob import policy, text
from clicnjob.bounded import apart
from clicnjob.cv.exchange import attachment, work_file
from clicnjob.cv.exchange.work_file import BadFile, CarriedWork

ATTACHED = "clicnjob.json"  # name of the attachment that holds the answers inside the PDF
_PDF_HEAD = 1_024  # PDF readers accept « %PDF- » anywhere in the first kilobyte
_WHICH = "Il faut le PDF fait ici, ou un fichier .json."
_OTHERS = {
    b"PK\x03\x04": "C’est un fichier Word, ou un dossier zip.",
    b"PK\x05\x06": "C’est un dossier zip vide.",
    b"\xd0\xcf\x11\xe0": "C’est un ancien fichier Word.",
    b"{\\rtf": "C’est un fichier de traitement de texte.",
    b"\xff\xd8\xff": "C’est une photo.",
    b"\x89PNG": "C’est une image.",
    b"RIFF": "C’est une image ou un son.",
    b"MZ": "C’est un programme.",
}


class UnknownFile(BadFile):
    """Raised when a file is neither a PDF nor JSON, whatever its name says."""


class NoAnswers(BadFile):
    """Raised for a PDF without answers: made elsewhere, printed again, or stripped on its way."""


class LockedPdf(BadFile):
    """Raised for a PDF protected by a password."""


class DamagedPdf(BadFile):
    """Raised for a PDF that cannot be read within the limits of time and memory."""


def reopen_file(data: bytes, filename: str = "") -> CarriedWork:
    """Return the profile, the CVs and the photo of an uploaded file. `filename` is used only in error messages.

    Raises BadFile or one of its kinds: UnknownFile, NoAnswers, LockedPdf, DamagedPdf.
    """
    if not data:
        raise UnknownFile(f"{_file_in_words(filename)} est vide. {_WHICH}")
    if len(data) > policy.UPLOAD_BYTES:
        raise UnknownFile(f"{_file_in_words(filename)} dépasse 5 Mo. {_WHICH}")
    if b"%PDF-" in data[:_PDF_HEAD]:
        return work_file.read_work_file(_attached_answers(data))
    for mark, sentence in _OTHERS.items():
        if data.startswith(mark):
            raise UnknownFile(f"{sentence} {_WHICH}")
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] != b"{" and not data.startswith(b"\xfe\xff"):
        raise UnknownFile(f"{_file_in_words(filename)} ne peut pas se rouvrir. {_WHICH}")
    return work_file.read_work_file(data)


def _file_in_words(filename: str) -> str:
    return f"Le fichier «\u00a0{text.file_name(filename)}\u00a0»" if filename else "Ce fichier"


def _attached_answers(pdf: bytes) -> bytes:
    """Return the answers inside the PDF. Raises NoAnswers, LockedPdf, DamagedPdf."""
    longest = policy.UPLOAD_BYTES + len(attachment.FOUND)
    try:
        found = apart.read_apart(attachment.read_attachment, pdf, ATTACHED, longest=longest)
    except apart.UnreadableFile as damaged:
        raise DamagedPdf(
            f"Ce PDF est abîmé ou trop compliqué à lire. Il faut le télécharger de nouveau. {_WHICH}"
        ) from damaged
    if found == attachment.NO_ATTACHMENT:
        raise NoAnswers(f"Ce PDF ne contient pas de réponses. {_WHICH}")
    if found == attachment.ENCRYPTED:
        raise LockedPdf(f"Ce PDF est protégé par un mot de passe. {_WHICH}")
    return found.removeprefix(attachment.FOUND)
