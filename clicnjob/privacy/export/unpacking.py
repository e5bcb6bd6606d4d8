"""Extracts the reimportable JSON from « mes-donnees.zip ». It runs in a separate process, so it imports little."""

from __future__ import annotations

import io
import zipfile
import zlib

from clicnjob import policy
from clicnjob.cv.exchange.fields import BadFile

REOPENS = "donnees.json"
NOT_OURS = "Ce dossier zip ne vient pas de ClicNJob. Il faut mes-donnees.zip, ou le PDF fait ici."
DAMAGED = "Ce dossier zip est abîmé. Il faut le télécharger de nouveau."


def unpack_reopening(data: bytes) -> bytes:
    """Return the JSON, at most `policy.ARCHIVE_JSON_BYTES`, since a zip can expand without limit. Raises BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(REOPENS) as opened:
            unpacked = opened.read(policy.ARCHIVE_JSON_BYTES + 1)
    except KeyError as absent:
        raise BadFile(NOT_OURS) from absent
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as broken:
        raise BadFile(DAMAGED) from broken
    if len(unpacked) > policy.ARCHIVE_JSON_BYTES:
        raise BadFile("Ce dossier contient trop de choses pour être repris.")
    return unpacked
