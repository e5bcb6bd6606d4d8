"""Turns one record of data·inclusion v1 into a row of our tables, or says in French what is wrong with it.

Only what a young person needs is taken over: neither the names nor the addresses of the professionals behind a service.
Nothing of a file is trusted: texts are cleaned and bounded, and a link is taken only when it is plain http or https.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from clicnjob import text
from clicnjob.errors import Refusal
from clicnjob.french import contact

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?")
_POSTCODE = re.compile(r"\d{5}")
_INSEE = re.compile(r"\d[\dAB]\d{3}")
_THEME = re.compile(r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*")
_LIST_MARKS = re.compile(r"[{}\[\]\"']")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_THEMES_AT_MOST, _ZONES_AT_MOST = 40, 400
_PLAIN_FRENCH = re.compile(r"[ -~À-ÖØ-öø-ÿŒœŸ’‘“”«»–—…€·•°]*")  # needs no cleaning, which takes most of the time
_SAINT = re.compile(r"\b(?:st|ste)\b")
_TOWN_TAIL = re.compile(r"\s+(?:cedex(?:\s+\d+)?|\d+(?:er|e|eme)?(?:\s+arrondissement)?)$")

Record = Mapping[str, Any]


class BadRecord(Refusal):
    """One record that cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as it is stored, with its themes."""

    values: dict[str, Any]
    themes: tuple[str, ...]


def structure_values(given: Record) -> dict[str, Any]:
    """Return the columns of a structure. Raises BadRecord."""
    return {
        "id": _needed_line(given, "id", 200),
        "name": _needed_line(given, "nom", 150),
        "networks": " ".join(_listed_values(given, "reseaux_porteurs"))[:400],
        **_place_fields(given),
        "phone": _dialled_phone(given),
        "link": _checked_link(given, "site_web"),
        "hours": _text_line(given, "horaires_accueil", 300),
        "updated_on": _updated_on(given),
    }


def service_row(given: Record) -> ServiceRow:
    """Return the columns and themes of a service. Raises BadRecord."""
    values = {
        "id": _needed_line(given, "id", 200),
        "structure_id": _needed_line(given, "structure_id", 200),
        "name": _needed_line(given, "nom", 150),
        "description": _text_line(given, "description", 240),
        "fee": _text_line(given, "frais", 40),
        "conditions": _text_line(given, "conditions_acces", 400),
        "for_users": "usagers" in _listed_values(given, "mobilisable_par"),
        "remote": "a-distance" in _listed_values(given, "modes_accueil"),
        "zone": "".join(f" {code} " for code in _listed_values(given, "zone_eligibilite")[:_ZONES_AT_MOST]),
        **_place_fields(given),
        "phone": _dialled_phone(given),
        "link": _checked_link(given, "lien_mobilisation"),
        "hours": _text_line(given, "horaires_accueil", 300),
        "updated_on": _updated_on(given),
    }
    themes = tuple(dict.fromkeys(_listed_values(given, "thematiques")))[:_THEMES_AT_MOST]
    if wrong := next((one for one in themes if len(one) > 100 or not _THEME.fullmatch(one)), ""):
        raise BadRecord(f"« thematiques » contient « {wrong[:40]} », qui n’est pas une thématique")
    return ServiceRow(values, themes)


@lru_cache(maxsize=2048)  # a file names few towns, each of them often
def town_key(name: str) -> str:
    """Return a town's name as it is compared: « St-Avold CEDEX » and « Saint Avold » are one."""
    folded = text.fold_text(name[:200]).replace("-", " ").replace("'", " ")
    return " ".join(_TOWN_TAIL.sub("", _SAINT.sub(_saint_in_full, " ".join(folded.split()))).split())[:100]


def _saint_in_full(found: re.Match[str]) -> str:
    return "sainte" if found[0] == "ste" else "saint"


def _place_fields(given: Record) -> dict[str, str]:
    town = _text_line(given, "commune", 100)
    return {
        "address": _text_line(given, "adresse", 200),
        "town": town,
        "town_key": town_key(town),
        "postcode": _checked_code(given, "code_postal", _POSTCODE),
        "insee": _checked_code(given, "code_insee", _INSEE),
    }


def _text_line(given: Record, field: str, most: int) -> str:
    """Return an optional text, on one line and cut where it is too long."""
    value = given.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f"« {field} » doit être un texte")
    cleaned = " ".join(value[: most * 2].split())
    if not _PLAIN_FRENCH.fullmatch(cleaned):
        try:
            cleaned = text.clean_line(cleaned, most=most * 2)
        except Refusal:
            raise BadRecord(f"« {field} » contient des caractères abîmés") from None
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1].rstrip()}…"


def _needed_line(given: Record, field: str, most: int) -> str:
    value = given.get(field)
    if isinstance(value, str) and len(value.strip()) > most:
        raise BadRecord(f"« {field} » est trop long ({most} caractères au plus)")
    if not (found := _text_line(given, field, most)):
        raise BadRecord(f"il manque « {field} »")
    return found


def _checked_code(given: Record, field: str, form: re.Pattern[str]) -> str:
    found = _text_line(given, field, 10)
    if found and not form.fullmatch(found):
        raise BadRecord(f"« {field} » vaut « {found} », et doit avoir 5 signes")
    return found


def _listed_values(given: Record, field: str) -> list[str]:
    """Return a list that a file writes as JSON (`["a", "b"]`), as `{a,b}`, or with commas or bars between."""
    value = given.get(field)
    if value is None:
        return []
    if isinstance(value, str):
        value = re.split(r"[,|;]", _LIST_MARKS.sub("", value[:20_000]))
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadRecord(f"« {field} » doit être une liste de textes")
    return [one.strip() for one in value if one.strip()]


def _updated_on(given: Record) -> date:
    found = _text_line(given, "date_maj", 40)
    match = _DATE.fullmatch(found)
    try:
        return date.fromisoformat(match[1]) if match else _no_date(found)
    except ValueError:
        return _no_date(found)


def _no_date(found: str) -> date:
    raise BadRecord(
        f"« date_maj » vaut « {found} », et doit être une date comme 2026-05-03" if found else "il manque « date_maj »"
    )


def _dialled_phone(given: Record) -> str:
    """Return a telephone number that can be dialled; anything else is left out, since the service may still be found."""
    found = _text_line(given, "telephone", 40)
    digits = re.sub(r"[\s.\-()]", "", found)
    if re.fullmatch(r"\d{3,6}|\+33[1-9]\d{8}", digits):
        return digits
    if re.fullmatch(r"0[1-4]\d{8}", digits) and not digits.startswith("026"):
        return f"+33{digits[1:]}"
    try:
        return contact.phone_number(found) if found else ""
    except Refusal:
        return ""


def _checked_link(given: Record, field: str) -> str:
    """Return a link. Raises BadRecord for another scheme, a name before the host, or a host in disguise."""
    found = _text_line(given, field, 300)
    if not found:
        return ""
    try:
        parts = urlsplit(found)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and port in (None, 80, 443)
    host = parts.hostname or ""
    if (
        not plain
        or not found.isascii()
        or not _HOST.fullmatch(host)
        or "xn--" in host
        or re.search(r"[\s<>\"'\\]", found)
    ):
        raise BadRecord(f"« {field} » doit être une adresse qui commence par https:// ou http://")
    return found
