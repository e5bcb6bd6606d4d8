"""Extracts the reimportable JSON from « mes-donnees.zip ». It runs in a separate process, so it imports little."""

from __future__ import annotations

import io
import zipfile
import zlib

from clicnjob import policy
from clicnjob.cv.exchange.fields import BadFile

REOPENS = "donnees.json"
_ENCRYPTED = 1  # bit of the flags of a part
NOT_OURS = "On ne trouve pas ton travail dans ce dossier zip. Il faut mes-donnees.zip, ou un seul CV dedans."
DAMAGED = "Ce dossier zip est abîmé. Il faut le télécharger de nouveau."


def unpack_reopening(data: bytes) -> bytes:
    """Return the file to reopen, at most `policy.ARCHIVE_JSON_BYTES`, since a zip can expand without limit.

    It is « donnees.json », wherever a computer put it when it zipped the folder again, or else the only PDF, Word or
    JSON file. Raises BadFile.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            part = _wanted_part(packed.infolist())
            if part.flag_bits & _ENCRYPTED:
                raise BadFile("Ce dossier zip est fermé par un mot de passe. Ouvre-le, puis donne le fichier dedans.")
            with packed.open(part) as opened:
                unpacked = opened.read(policy.ARCHIVE_JSON_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as broken:
        raise BadFile(DAMAGED) from broken
    if len(unpacked) > policy.ARCHIVE_JSON_BYTES:
        raise BadFile("Ce dossier contient trop de choses pour être repris.")
    return unpacked


def _wanted_part(parts: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the file to reopen. A Mac adds « __MACOSX/ » and « ._ » files, which hold nothing of the person."""
    seen = [part for part in parts if not part.is_dir() and not _is_of_the_system(part.filename)]
    ours = [part for part in seen if _last_name(part) == REOPENS]
    if ours:
        return min(ours, key=lambda part: part.filename.count("/"))
    cvs = [part for part in seen if _last_name(part).endswith((".pdf", ".docx", ".json"))]
    if len(cvs) != 1:
        raise BadFile(NOT_OURS)
    return cvs[0]


def _is_of_the_system(filename: str) -> bool:
    names = filename.replace("\\", "/").split("/")
    return "__MACOSX" in names or names[-1].startswith(".")


def _last_name(part: zipfile.ZipInfo) -> str:
    return part.filename.replace("\\", "/").rsplit("/", 1)[-1].lower()
