"""A file made for somebody to download: by the CV, the interview, the reports and the data export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

PDF = "application/pdf"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file ready to send. Its name is plain ASCII and tells nothing, since it stays in a shared computer's downloads.

    Only a CV and a letter bear the person's name, because an employer files them by it.
    """

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class FileToBuild:
    """A file whose content was read, to be built after that transaction: writing tables and PDFs is slow.

    `notes` are what to write in the log before it leaves, each in a short transaction of its own, where one for reading
    and noting together would hold SQLite's only writer for seconds.
    """

    name: str
    media_type: str
    build: Callable[[], bytes]
    notes: tuple[Callable[[Session], None], ...] = ()
