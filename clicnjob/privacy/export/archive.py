"""The data export « Emporter mes données »: a zip with a page to read, the CVs, and JSON that can be reimported."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlmodel import Session

from clicnjob import policy, works
from clicnjob.colours import house_colours
from clicnjob.cv.document import compose, docx, pdf
from clicnjob.cv.exchange import work_file as exchange
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import Bag
from clicnjob.errors import NotFound
from clicnjob.learn import carried as lessons
from clicnjob.models import Actor, WorkKind
from clicnjob.privacy.erasure import rows
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.export.stored_work import full_day, stored_groups
from clicnjob.privacy.export.unpacking import REOPENS
from clicnjob.privacy.permissions import may_decide
from clicnjob.privacy.views import file_views

NAME = "mes-donnees.zip"  # neutral, because it stays in the downloads folder of a shared computer
WORK_NAME = "mon-travail-NE-PAS-ENVOYER.json"  # a warning: unlike a CV, it holds private answers
FORMAT, VERSION = "clicnjob-dossier", 1
EVERYTHING, PAGE, PHOTO = "tout.json", "lisez-moi.html", "photo.jpg"
_OF_BAG = (WorkKind.PROFILE, WorkKind.CV)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One CV on the page to read: its name, its lines, and the names of its files in the zip."""

    title: str
    lines: tuple[str, ...]
    files: tuple[str, ...]


def export_archive(session: Session, *, of: Actor, now: datetime) -> bytes:
    """Return everything held about the person as a zip of at most `policy.ARCHIVE_BYTES`.

    Raises NotFound for professionals.
    """
    if not may_decide(of):
        raise NotFound
    kept = bag.own_bag(session, of=of)
    parts: dict[str, bytes] = {REOPENS: _as_json(reopening_content(session, of=of, now=now))}
    parts[EVERYTHING] = _as_json(rows.plain_rows(session, of.id))
    if kept and kept.photo:
        parts[PHOTO] = kept.photo
    leaves = _cv_files(kept, parts) if kept else ()
    parts[PAGE] = _readable_page(session, of, now, kept, leaves).encode()
    return _zip_of_parts(parts, now)


def work_file(session: Session, *, of: Actor, now: datetime) -> bytes:
    """Return « Mon travail »: only what can be reimported. Raises NotFound for professionals."""
    if not may_decide(of):
        raise NotFound
    return _as_json(reopening_content(session, of=of, now=now))


def reopening_content(session: Session, *, of: Actor, now: datetime) -> dict[str, Any]:
    """Return what can be reimported: profile and CVs in the exchange format, other works as stored, finished lessons."""
    kept = bag.own_bag(session, of=of)
    carried = exchange.work_as_json(kept.profile, [card.cv for card in kept.cvs], kept.photo) if kept else b"null"
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": now.astimezone().date().isoformat(),
        "carried": json.loads(carried),
        "ids": {"profile": kept.profile_id, "cvs": [card.id for card in kept.cvs]} if kept else None,
        "works": [
            {"id": work.id, "kind": work.kind.value, "place": work.place, "body": work.body}
            for work in works.own_works(session, of=of)
            if work.kind not in _OF_BAG
        ],
        "lessons": lessons.carried_lessons(session, of=of),
    }


def _cv_files(kept: Bag, parts: dict[str, bytes]) -> tuple[Leaf, ...]:
    """Add each CV as PDF and Word, latest first, as long as the zip stays small enough to be reimported here."""
    left = policy.ARCHIVE_BYTES - sum(map(len, parts.values()))
    leaves: list[Leaf] = []
    for number, card in enumerate(sorted(kept.cvs, key=lambda card: card.changed_at, reverse=True), start=1):
        page = compose.compose_document(kept.profile, card.cv, photo=kept.photo)
        made = {f"cv-{number}.pdf": pdf.pdf_page(page).pdf, f"cv-{number}.docx": docx.docx_file(page)}
        left -= sum(map(len, made.values()))
        if left > 0:
            parts.update(made)
        files = tuple(made) if left > 0 else ()
        leaves.append(Leaf(card.cv.name, tuple(readable_work.page_lines(page)), files))
    return tuple(leaves)


def _readable_page(session: Session, of: Actor, now: datetime, kept: Bag | None, leaves: tuple[Leaf, ...]) -> str:
    photo = base64.b64encode(kept.photo).decode("ascii") if kept and kept.photo else ""
    seen = [f"Le {full_day(view.at)}\u00a0: {view.who} {view.did}" for view in file_views(session, of=of, now=now)]
    made: str = _page_template().render(
        made_on=full_day(now), groups=stored_groups(session, of=of), cvs=leaves, photo=photo, seen=seen
    )
    return made


@cache
def _page_template() -> Any:
    loader = PackageLoader("clicnjob.privacy")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["colours"] = house_colours()
    return made.get_template("dossier.html")


def _as_json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _zip_of_parts(parts: dict[str, bytes], now: datetime) -> bytes:
    here = now.astimezone()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in sorted(parts, key=lambda name: (name != PAGE, name)):
            info = zipfile.ZipInfo(name, here.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            made.writestr(info, parts[name])
    return out.getvalue()
