"""Rewrites a file of Reactive Resume (version 4, and the format since version 5) as JSON Resume, which is then read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clicnjob.cv.exchange.fields import Object

_Names = Mapping[
    str, tuple[str, ...]
]  # a field of JSON Resume → the fields of Reactive Resume, the first filled one counts
_PERIOD = ("period", "date")
_TOLD = ("description", "summary")
_SECTIONS: dict[str, tuple[str, _Names]] = {
    "experience": (
        "work",
        {"name": ("company",), "position": ("position",), "location": ("location",), "period": _PERIOD,
         "summary": ("summary", "description"), "url": ("website", "url")},
    ),
    "volunteer": (
        "volunteer",
        {"organization": ("organization",), "position": ("position",), "location": ("location",), "period": _PERIOD,
         "summary": ("summary", "description"), "url": ("website", "url")},
    ),
    "education": (
        "education",
        {"institution": ("school", "institution"), "studyType": ("degree", "studyType"), "area": ("area",),
         "score": ("grade", "score"), "location": ("location",), "period": _PERIOD, "courses": _TOLD,
         "url": ("website", "url")},
    ),
    "certifications": ("certificates", {"name": ("title", "name"), "issuer": ("issuer",), "period": _PERIOD}),
    "skills": ("skills", {"name": ("name",), "keywords": ("keywords",)}),
    "languages": ("languages", {"language": ("language", "name"), "fluency": ("fluency", "description")}),
    "interests": ("interests", {"name": ("name",), "keywords": ("keywords",)}),
    "projects": (
        "projects",
        {"name": ("name",), "period": _PERIOD, "description": ("summary", "description"), "keywords": ("keywords",),
         "url": ("website", "url")},
    ),
    "awards": ("awards", {"title": ("title",)}),
    "publications": ("publications", {"name": ("title", "name")}),
    "references": ("references", {"name": ("name",)}),
    "profiles": ("profiles", {"network": ("network",)}),
    "custom": ("custom", {}),
}  # fmt: skip


def is_reactive_resume(data: Object) -> bool:
    """Whether an object has the shape of a Reactive Resume: basics, and sections by their names."""
    return isinstance(data.get("sections"), dict) and isinstance(data.get("basics"), dict)


def as_json_resume(data: Object) -> Object:
    """Return the file as JSON Resume. Hidden items stay out, as they are not on the page of that CV."""
    basics, sections = data["basics"], data["sections"]
    made: Object = {
        "basics": {
            **{key: basics.get(key) for key in ("name", "email", "phone", "location", "headline")},
            "url": basics.get("website") or basics.get("url"),
            "summary": _shown_text(data.get("summary")) or _shown_text(sections.get("summary")),
            "picture": _address_of(data.get("picture") or basics.get("picture")),
        }
    }
    for name, (part, names) in _SECTIONS.items():
        section = sections.get(name)
        if items := _shown_items(section) if isinstance(section, dict) else []:
            made[part] = [row for item in items for row in _standard_rows(item, names)]
    if data.get("customSections"):
        made["custom"] = ["x"]
    return made


def _shown_text(section: Any) -> Any:
    return section.get("content") if isinstance(section, dict) and _is_shown(section) else None


def _shown_items(section: Object) -> list[Any]:
    items = section.get("items")
    if not isinstance(items, list) or not _is_shown(section):
        return []
    return [item for item in items if not isinstance(item, dict) or _is_shown(item)]


def _is_shown(one: Object) -> bool:
    return one.get("hidden") is not True and one.get("visible") is not False


def _standard_rows(item: Any, names: _Names) -> list[Any]:
    """Return an item as one row, or one row for each position held at the same employer (« roles »)."""
    if not isinstance(item, dict):
        return [item]
    row = {to: next((item[key] for key in keys if item.get(key)), None) for to, keys in names.items()}
    if "url" in row:
        row["url"] = _address_of(row["url"])
    roles = item.get("roles") if "position" in names else None
    held = [one for one in roles if isinstance(one, dict)] if isinstance(roles, list) else []
    if not held:
        return [row or item]
    return [
        row | {"position": one.get("position"), "period": one.get("period"), "summary": one.get("description")}
        for one in held
    ]


def _address_of(value: Any) -> Any:
    """Return the address of a link or picture (« href » in version 4, « url » since)."""
    return (value.get("href") or value.get("url")) if isinstance(value, dict) else value
