"""Reads and writes the JSON files that reopen here: the whole bag, or one printed page. JSON Resume is read too."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import regex
from pydantic import BaseModel, ValidationError

from clicnjob import policy, text
from clicnjob.bounded import json_text
from clicnjob.cv.document import photo
from clicnjob.cv.exchange import fields, json_resume, page_file, reactive_resume
from clicnjob.cv.exchange.fields import BadFile, Object
from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Cv, Period, Profile
from clicnjob.errors import Refusal
from clicnjob.french import contact
from clicnjob.french.dates import EndBeforeStart

__all__ = ["VERSION", "BadFile", "CarriedWork", "read_work_file", "work_as_json", "write_page"]

FORMAT = "clicnjob"
VERSION = 2
# Each function upgrades the content from the version that is its key to the next one.
UPGRADES: dict[int, Callable[[Object], Object]] = {}

_KEYS = ("format", "version", "profile", "cvs", "photo")
_PAGE_KEYS = ("format", "version", "page", "photo")
_PARAGRAPHS = frozenset(("text", "proof", "detail", "phrases", "opening", "availability", "skills", "hidden"))
_NAMES = frozenset(("first_name", "last_name"))
_CHECKS = {"phone": contact.phone_number, "email": contact.email_address, "town": contact.town_name}
_STORED_DATE = regex.compile(r"((19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?)?")
_REASONS = {
    "string_type": "il faut un texte.",
    "list_type": "il faut une liste [ … ].",
    "bool_type": "il faut true ou false.",
    "extra_forbidden": "cette case n’existe pas ici.",
    "missing": "il manque cette case.",
    "literal_error": "ce n’est pas un des choix possibles.",
    "model_type": "il faut un groupe { … }.",
    "dict_type": "il faut un groupe { … }.",
}
TOO_MUCH = "Ce fichier contient trop de choses pour être repris. Il faut le fichier tel qu’il a été téléchargé."
_TOLD_AT_MOST = 3
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class CarriedWork:
    """The content of a file: the profile, its CVs in order, and the photo (a JPEG) or None.

    `left_out` says in French, one sentence each, what a file from elsewhere has and could not be taken over.
    """

    profile: Profile
    cvs: tuple[Cv, ...]
    photo: bytes | None = None
    left_out: tuple[str, ...] = ()


def work_as_json(profile: Profile, cvs: Sequence[Cv], photo: bytes | None) -> bytes:
    """Return the whole bag as UTF-8 JSON. It is for its owner only; files sent to others contain `write_page`."""
    made = {
        "format": FORMAT,
        "version": VERSION,
        "profile": profile.model_dump(mode="json"),
        "cvs": [cv.model_dump(mode="json") for cv in cvs],
        "photo": base64.b64encode(photo).decode("ascii") if photo else None,
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def write_page(profile: Profile, cv: Cv, photo: bytes | None) -> bytes:
    """Return one page as it is printed, for the PDF that is sent; it holds nothing that this CV leaves out."""
    shown = photo if cv.with_photo else None
    made = {
        "format": FORMAT,
        "version": VERSION,
        "page": page_file.to_page_file(profile, cv),
        "photo": base64.b64encode(shown).decode("ascii") if shown else None,
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def read_work_file(data: bytes) -> CarriedWork:
    """Read a file of `work_as_json` or `write_page`, a JSON Resume or a Reactive Resume, with every text cleaned.

    Raises BadFile, which names the wrong field of a file made here; of a file from elsewhere, fields are left out.
    """
    content = _parsed_object(data)
    if content.get("format") == FORMAT:
        return _carried_work(content)
    if "format" not in content and any(part in content for part in json_resume.PARTS):
        return _foreign_work(content)
    raise BadFile("Ce fichier n’est pas un CV. Il faut un fichier fait ici, ou un fichier JSON Resume.")


def _foreign_work(content: Object) -> CarriedWork:
    if reactive_resume.is_reactive_resume(content):
        content = reactive_resume.as_json_resume(content)
    found = json_resume.from_json_resume(content)
    if found.profile == Profile() and found.cv == Cv():
        raise BadFile(" ".join(("Rien de ce fichier n’a pu être lu.", *found.left_out[:_TOLD_AT_MOST])))
    return CarriedWork(found.profile, (found.cv,), left_out=found.left_out)


def _parsed_object(data: bytes) -> Object:
    if len(data) > policy.UPLOAD_BYTES:
        raise BadFile("Ce fichier dépasse 5 Mo, ce n’est pas un CV. Choisis ton CV en PDF ou en Word.")
    try:
        content = json_text.parse_json(decoded_text(data))
    except json_text.TooMuchJson as swollen:
        raise BadFile(TOO_MUCH) from swollen
    except ValueError as broken:
        raise BadFile("Ce fichier est abîmé, ou ce n’est pas du JSON. Il faut le télécharger de nouveau.") from broken
    if not isinstance(content, dict):
        raise BadFile("Ce fichier n’est pas un CV. Il doit commencer par {.")
    return content


def decoded_text(data: bytes) -> str:
    """Decode UTF-8 with or without BOM, or UTF-16 with BOM. Raises UnicodeError for anything else."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _carried_work(content: Object) -> CarriedWork:
    content = _upgraded_content(content)
    is_page = "page" in content
    for key in content:
        if key not in (_PAGE_KEYS if is_page else _KEYS):
            raise BadFile(_REASONS["extra_forbidden"], key)
    if is_page:
        return _carried_page(content)
    profile = _validated_model(Profile, _cleaned_value(fields.object_field(content, "profile"), "profile"), "profile")
    cvs = [_validated_model(Cv, row, at) for at, row in _cv_rows(content)]
    return CarriedWork(_checked_profile(profile), tuple(cvs), _decoded_photo(content.get("photo")))


def _carried_page(content: Object) -> CarriedWork:
    profile, cv = page_file.from_page_file(fields.object_field(content, "page"))
    jpeg = _decoded_photo(content.get("photo"))
    cv.with_photo = jpeg is not None
    return CarriedWork(profile, (cv,), jpeg)


def _without_reasons(content: Object) -> Object:
    """Upgrade from version 1, which stored the reason of a gap; only the printed sentence is kept, for privacy."""
    profile = content.get("profile")
    gaps = profile.get("gaps") if isinstance(profile, dict) else None
    for gap in gaps if isinstance(gaps, list) else ():
        if isinstance(gap, dict):
            gap.pop("key", None)
    return content


UPGRADES[1] = _without_reasons


def _upgraded_content(content: Object) -> Object:
    version = content.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        raise BadFile("il faut un nombre entier.", "version")
    if version > VERSION:
        raise BadFile("ce fichier vient d’un ClicNJob plus récent. Il faut l’ouvrir là où il a été fait.", "version")
    while version < VERSION:
        if version not in UPGRADES:
            raise BadFile("cette version n’existe pas.", "version")
        content, version = UPGRADES[version](content), version + 1
    return content


def _cv_rows(content: Object) -> list[tuple[str, Any]]:
    found = fields.row_fields(content, "cvs")
    if len(found) > policy.CVS_AT_MOST:
        raise BadFile(f"il y a plus de {policy.CVS_AT_MOST} CV.", "cvs")
    return [(at, _cleaned_value(row, at)) for at, row in found]


def _cleaned_value(value: Any, at: str, *, key: str = "", depth: int = 0) -> Any:
    """Return the value with every text cleaned. A text is checked by its own key, or by the key of its list.

    Raises BadFile.
    """
    if depth > policy.CARRIED_DEPTH:
        raise BadFile("il y a trop de niveaux.", at)
    if isinstance(value, str):
        return fields.checked_text(value, at, _check_for(key))
    if isinstance(value, list):
        if len(value) > policy.CARRIED_ITEMS:
            raise BadFile(f"cette liste dépasse {policy.CARRIED_ITEMS} lignes.", at)
        return [_cleaned_value(row, fields.field_place(at, n), key=key, depth=depth + 1) for n, row in enumerate(value)]
    if isinstance(value, dict):
        return {k: _cleaned_value(v, fields.field_place(at, k), key=k, depth=depth + 1) for k, v in value.items()}
    return value


def _check_for(key: str) -> fields.Check:
    if key in _NAMES:
        return text.clean_name
    return text.clean_paragraph if key in _PARAGRAPHS else text.clean_line


def _validated_model(kind: type[Model], content: Any, at: str) -> Model:
    try:
        return kind.model_validate(content, strict=True)
    except ValidationError as found:
        first = found.errors(include_url=False, include_context=False, include_input=False)[0]
        where = at
        for part in first["loc"]:
            where = fields.field_place(where, part)
        raise BadFile(_REASONS.get(first["type"], "cette valeur ne va pas."), where) from found


def _checked_profile(profile: Profile) -> Profile:
    """Normalise the contacts and periods of a profile and check its ids. Raises BadFile."""
    for key, check in _CHECKS.items():
        setattr(profile, key, fields.checked_text(getattr(profile, key), f"profile.{key}", check))
    known: set[str] = set()
    for name in ("experiences", "studies", "certificates", "languages", "qualities", "interests", "gaps"):
        for number, item in enumerate(getattr(profile, name)):
            at = fields.field_place(f"profile.{name}", number)
            if not item.id or item.id in known:
                raise BadFile("cet identifiant est vide ou sert deux fois.", f"{at}.id")
            known.add(item.id)
            if hasattr(item, "period"):
                item.period = _checked_period(item.period, f"{at}.period")
    return profile


def _checked_period(kept: Period, at: str) -> Period:
    """Keep a stored period as it is, and parse one written by hand (« mars 2023 ») as if typed. Raises BadFile."""
    try:
        if not (_STORED_DATE.fullmatch(kept.start) and _STORED_DATE.fullmatch(kept.end)):
            return periods.typed_period(kept.words or kept.start, kept.end, ongoing=kept.ongoing)
    except Refusal as refusal:
        raise BadFile(refusal.sentence, at) from refusal
    said = min(len(kept.start), len(kept.end))
    if kept.end[:said] < kept.start[:said]:
        raise BadFile(EndBeforeStart.sentence, f"{at}.end")
    return kept


def _decoded_photo(value: object) -> bytes | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadFile("il faut un texte en base64, ou null.", "photo")
    try:
        return photo.checked_photo(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError) as broken:
        raise BadFile("ce n’est pas du base64.", "photo") from broken
    except Refusal as refusal:
        raise BadFile(refusal.sentence, "photo") from refusal
