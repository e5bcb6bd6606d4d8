"""« Reprendre mes données »: reimports the profile, CVs and other works from the zip or « Mon travail »."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from clicnjob import models, policy, text, works
from clicnjob.bounded import apart, json_text
from clicnjob.cv.exchange import fields, work_file
from clicnjob.cv.exchange import reopening as opening
from clicnjob.cv.exchange.reopening import ForeignCv
from clicnjob.cv.exchange.work_file import BadFile, CarriedWork
from clicnjob.cv.model import bag
from clicnjob.learn.carried import CarriedLesson, adopt_lessons
from clicnjob.models import Actor, LearningKind, WorkKind
from clicnjob.privacy import permissions, sharing
from clicnjob.privacy.export import archive, readable_work, unpacking

_ZIP = b"PK\x03\x04"
_WORK = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"' + archive.FORMAT.encode() + rb'"')
_KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class OtherWork:
    """A checked work that is neither profile nor CV."""

    id: str
    kind: WorkKind
    place: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BroughtWork:
    """The checked content of an export. `ids` are the original ids of the profile, then of the CVs.

    `unknown` counts the works of a newer ClicNJob, which cannot be imported here.
    """

    carried: CarriedWork | None
    ids: tuple[str, ...]
    others: tuple[OtherWork, ...]
    unknown: int
    lessons: tuple[CarriedLesson, ...] = ()


def open_brought_file(data: bytes, filename: str = "") -> BroughtWork | ForeignCv:
    """Open any file that a person brings: all their work, one CV, or a CV from elsewhere, also when it was zipped.

    Raises BadFile or one of its kinds.
    """
    if data.startswith(_ZIP) and not opening.is_docx(data) and not opening.is_other_office_file(data):
        data = _unpacked_bytes(data) if len(data) <= policy.UPLOAD_BYTES else data
    if is_all_work(data):
        return read_brought_file(data)
    found = opening.open_file(data, filename)
    return found if isinstance(found, ForeignCv) else BroughtWork(carried=found, ids=(), others=(), unknown=0)


def read_brought_file(data: bytes) -> BroughtWork:
    """Parse « mes-donnees.zip » or « Mon travail »; every text is cleaned, every body checked. Raises BadFile."""
    content = _reopened_content(data)
    if content.get("format") != archive.FORMAT:
        raise BadFile(unpacking.NOT_OURS)
    if content.get("version") != archive.VERSION:
        raise BadFile("Ce dossier vient d’un ClicNJob plus récent. Il faut l’ouvrir là où il a été fait.")
    carried = content.get("carried")
    found = fields.row_fields(content, "works")
    known = [kind.value for kind in WorkKind]  # a file may say anything there, also what has no hash
    others = tuple(_other_work(row, at) for at, row in found if row.get("kind") in known)
    named = [one for one in (*_cv_ids(content), *(other.id for other in others)) if one]
    if len(named) != len(set(named)):
        raise BadFile("Deux travaux de ce dossier portent le même numéro. Il a été changé à la main.")
    return BroughtWork(
        carried=work_file.read_work_file(json.dumps(carried).encode()) if isinstance(carried, dict) else None,
        ids=_cv_ids(content),
        others=others,
        unknown=len(found) - len(others),
        lessons=_carried_lessons(content),
    )


def adopt_brought_work(session: Session, *, by: Actor, brought: BroughtWork, operation: str, now: datetime) -> str:
    """Import everything; it replaces works of the same kinds, whose history stays. Returns the first CV's id, or ''.

    Works refer to one another by id, so the old ids in the bodies are replaced by the new ones.
    """
    new_ids: dict[str, str] = {}
    first_cv = ""
    arriving = {other.kind for other in brought.others}
    for work in works.own_works(session, of=by):  # removed first, because their size counts towards the person's limit
        if work.kind in arriving:
            works.remove_work(session, work.id, by=by)
    if brought.carried is not None:
        cvs = bag.adopt_carried_file(session, by=by, carried=brought.carried, operation=operation, now=now)
        kept = bag.own_bag(session, of=by)
        own = (kept.profile_id if kept else "", *cvs)
        new_ids |= dict(zip(brought.ids, own, strict=False))
        first_cv = cvs[0]
    new_ids |= {other.id: models.random_id() for other in brought.others if other.id}
    for number, other in enumerate(brought.others):
        body = _with_new_ids(other.body, new_ids)
        started = works.start_work(
            session,
            by=by,
            kind=other.kind,
            body=body,
            operation=f"{operation}-work-{number}",
            work_id=new_ids.get(other.id, ""),
        )
        works.mark_place(session, started.id, by=by, place=other.place)
    adopt_lessons(session, brought.lessons, by=by, now=now)
    if permissions.may_share(by):
        sharing.stop_sharing_lost(session, by=by, now=now)
    return first_cv


def is_all_work(data: bytes) -> bool:
    """Whether a JSON text says that it holds all the work, whoever wrote it again and in whichever order."""
    if archive.FORMAT.encode() not in data.replace(b"\x00", b"") or len(data) > policy.UPLOAD_BYTES:
        return False
    try:
        return _parsed_content(data).get("format") == archive.FORMAT
    except BadFile:
        return _WORK.match(data) is not None  # damaged, and told as such


def _reopened_content(data: bytes) -> dict[str, Any]:
    """Return the JSON to reimport, parsed within size limits."""
    if len(data) > policy.UPLOAD_BYTES:
        raise BadFile("Ce dossier dépasse 5 Mo. Choisis mes-donnees.zip, tel que tu l’as téléchargé.")
    return _parsed_content(_unpacked_bytes(data) if data.startswith(_ZIP) else data)


def _unpacked_bytes(data: bytes) -> bytes:
    try:
        return apart.read_apart(
            unpacking.unpack_reopening, data, longest=policy.ARCHIVE_JSON_BYTES, refusals=(BadFile,)
        )
    except apart.UnreadableFile as broken:
        raise BadFile(unpacking.DAMAGED) from broken


def _parsed_content(unpacked: bytes) -> dict[str, Any]:
    if len(unpacked) > policy.ARCHIVE_JSON_BYTES:
        raise BadFile(work_file.TOO_MUCH)
    try:
        content = json_text.parse_json(work_file.decoded_text(unpacked))
    except json_text.TooMuchJson as swollen:
        raise BadFile(work_file.TOO_MUCH) from swollen
    except ValueError as broken:
        raise BadFile(unpacking.DAMAGED) from broken
    if not isinstance(content, dict):
        raise BadFile(unpacking.DAMAGED)
    return content


def _cv_ids(content: dict[str, Any]) -> tuple[str, ...]:
    named = fields.object_field(content, "ids")
    cvs = named.get("cvs")
    listed = [named.get("profile"), *(cvs if isinstance(cvs, list) else [])]
    return tuple(one if isinstance(one, str) else "" for one in listed)


def _other_work(row: dict[str, Any], at: str) -> OtherWork:
    kind = WorkKind(row["kind"])
    body = _cleaned_value(row.get("body"), fields.field_place(at, "body"))
    if not isinstance(body, dict) or kind in (WorkKind.PROFILE, WorkKind.CV):
        raise BadFile("ce travail n’est pas à sa place.", at)
    if model := works.BODIES.get(kind):
        try:
            body = model.model_validate(body).model_dump(mode="json")
        except ValidationError as wrong:
            raise BadFile(
                f"«\u00a0{readable_work.kind_of_work(kind).title}\u00a0» ne peut pas être repris.", at
            ) from wrong
    place = fields.text_field(row, "place", at, check=lambda said: text.clean_line(said, most=64))
    return OtherWork(id=fields.text_field(row, "id", at), kind=kind, place=place, body=body)


def _carried_lessons(content: dict[str, Any]) -> tuple[CarriedLesson, ...]:
    rows = fields.row_fields(content, "lessons")
    if len(rows) > policy.LEARNING_RECORDS_AT_MOST:
        raise BadFile("il y a trop de leçons.", "lessons")
    known = [kind.value for kind in LearningKind]
    return tuple(_carried_lesson(row, at) for at, row in rows if row.get("kind") in known)


def _carried_lesson(row: dict[str, Any], at: str) -> CarriedLesson:
    try:
        return CarriedLesson.model_validate(row)
    except ValidationError as wrong:
        raise BadFile("cette leçon ne peut pas être reprise.", at) from wrong


def _cleaned_value(value: Any, at: str, depth: int = 0) -> Any:
    """Return the value with every text and every key cleaned and bounded."""
    if depth > policy.CARRIED_DEPTH:
        raise BadFile("il y a trop de niveaux.", at)
    if isinstance(value, str):
        return fields.checked_text(value, at, text.clean_paragraph)
    if isinstance(value, (list, dict)) and len(value) > policy.CARRIED_ITEMS:
        raise BadFile(f"cette liste dépasse {policy.CARRIED_ITEMS} lignes.", at)
    if isinstance(value, list):
        return [_cleaned_value(row, fields.field_place(at, n), depth + 1) for n, row in enumerate(value)]
    if isinstance(value, dict):
        return {_cleaned_key(k, at): _cleaned_value(v, fields.field_place(at, k), depth + 1) for k, v in value.items()}
    return value


def _cleaned_key(key: str, at: str) -> str:
    return fields.checked_text(key, at, lambda said: text.clean_line(said, most=_KEY_LENGTH))


def _with_new_ids(value: Any, new_ids: dict[str, str]) -> Any:
    if isinstance(value, str):
        return new_ids.get(value, value) if value else value
    if isinstance(value, list):
        return [_with_new_ids(one, new_ids) for one in value]
    if isinstance(value, dict):
        return {new_ids.get(key, key): _with_new_ids(one, new_ids) for key, one in value.items()}
    return value
