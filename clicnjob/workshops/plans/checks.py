"""The boxes of a plan that is being written: what each takes, what the plan still misses, what « Annuler » says. No database.

A plan in the hands of a trainer may miss a word or a minute, so it is kept as the body of a `Plan` that has not passed all
of its checks: types, lengths and choices always hold, empty boxes and the sum of the minutes are said and wait.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from clicnjob import content, text, workshop_policy
from clicnjob.errors import Refusal
from clicnjob.own_content import drafts
from clicnjob.own_content.changes import (
    Body,
    ContentChange,
    ContentMistake,
    PartGone,
    Path,
    PutValue,
    place_of_part,
    value_at,
    with_keys,
)
from clicnjob.workshops.plans.words import LABELS, KitSheet, Plan, PlanStep, minutes_sentence

_MAY_WAIT = frozenset({"string_too_short", "too_short", content.UNFINISHED})
_PLAN_FIELDS = frozenset(
    {
        "titre", "objectif", "pour_quoi", "domaine", "public", "duree_min",
        "materiel", "emporte", "verifie_le",
    }
)  # fmt: skip
# An activity is written by `editing.set_activity`, which asks whether this structure has it.
_STEP_FIELDS = frozenset(PlanStep.model_fields) - {"id", "activite", "nom_activite"}
_PART_FIELDS = {"etapes": _STEP_FIELDS, "kit": frozenset(KitSheet.model_fields) - {"id"}}
_NO_FIELDS: frozenset[str] = frozenset()
_PART_NAMES = {"etapes": "étape", "kit": "fiche"}
_LONG = frozenset({"consigne", "dire", "montrer", "moins_de_postes", "sans_internet", "texte"})
_MAY_BE_EMPTY = frozenset({"colonnes", "lignes"})  # the cells of a table keep their places


class WrongField(Refusal):
    """What was typed does not fit its box; the sentence is that of the file with the same mistake."""


def clean_value(path: Path, value: Any) -> Any:
    """Return what was typed into the box at a path without invisible characters and empty rows.

    Raises PartGone where there is no such box, what `text.clean_line` raises.
    """
    fields = _PART_FIELDS.get(path[0], _NO_FIELDS) if len(path) == 3 else _PLAN_FIELDS
    if len(path) not in (1, 3) or path[-1] not in fields:
        raise PartGone
    return _cleaned_value(path[-1], value)


def check_list(_body: Body, path: Path) -> None:
    """Raise PartGone unless the path is that of the steps or of the sheets."""
    if len(path) != 1 or path[0] not in _PART_FIELDS:
        raise PartGone


def check_value(plan: Plan, path: Path, value: Any) -> None:
    """Raise what `clean_value` and `check_change` raise for what was typed into one box of the plan on the screen."""
    body = plan.model_dump(mode="json", warnings=False)
    wanted = with_keys(value_at(body, path), clean_value(path, value))
    check_change(_with_value(body, path, wanted), PutValue(path=path, value=wanted))


def check_change(changed: Body, change: ContentChange) -> None:
    """Raise WrongField for a change that made this body and that no plan may have.

    Only what the change put in is judged: an empty box elsewhere in the plan stops nobody from writing.
    """
    place: tuple[str | int, ...] = change.path
    whole_list = not isinstance(change, PutValue)
    if len(change.path) > 1:
        listed, part, *field = change.path
        place = (listed, place_of_part(changed[listed], part), *field)
    for error in _errors_of(changed):
        here = tuple(error["loc"])
        judged = here == place if whole_list else here[: len(place)] == place
        if judged and error["type"] not in _MAY_WAIT:
            raise WrongField(_sentence_of(error))


def plan_mistakes(body: Body) -> tuple[ContentMistake, ...]:
    """Return what the plan misses before it can be used; () for one that is ready."""
    found = [ContentMistake(_path_of(error, body), _sentence_of(error)) for error in _errors_of(body) if error["loc"]]
    # The model checks the sum only once everything else is right; a trainer wants to see it all the time.
    if said := minutes_sentence([one["minutes"] for one in body["etapes"]], length=body["duree_min"]):
        found.append(ContentMistake(("duree_min",), f"{said[:1].upper()}{said[1:]}."))
    return tuple(found)


def draft_plan(body: Body) -> Plan:
    """Return the plan of a body to be shown, whatever it still misses."""
    drafted: Plan = drafts.construct_draft(Plan, body)
    return drafted


def said_change(change: ContentChange, body: Body) -> str:
    """Return what « Annuler » would take back, in words for its button."""
    if not isinstance(change, PutValue):
        done = {"insert": "enlevée", "remove": "ajoutée", "move": "déplacée"}[change.act]
        return f"{_PART_NAMES[change.path[0]]} {done}"
    field = "activite" if len(change.path) == 2 else change.path[-1]
    label = LABELS.get(field, "Relecture").split(",")[0].lower()
    title = value_at(body, change.path[:2])["titre"] if len(change.path) > 1 else ""
    return f"{label}, « {title} »" if title else label


def _cleaned_value(field: str, value: Any) -> Any:
    if isinstance(value, str):
        clean = text.clean_paragraph if field in _LONG else text.clean_line
        return clean(value, most=workshop_policy.PLAN_FILE_BYTES)
    if isinstance(value, list):
        cleaned = [_cleaned_value(field, one) for one in value]
        return cleaned if field in _MAY_BE_EMPTY else [one for one in cleaned if one != ""]
    if isinstance(value, dict):
        return {key: _cleaned_value(key, one) for key, one in value.items()}
    return value


def _with_value(body: Body, path: Path, value: Any) -> Body:
    """Return the body with another value of one box."""
    if len(path) == 1:
        return {**body, path[0]: value}
    listed, part, field = path
    return {**body, listed: [{**one, field: value} if one["id"] == part else one for one in body[listed]]}


def _errors_of(body: Body) -> list[Any]:
    try:
        Plan.model_validate(body)
    except ValidationError as fault:
        return fault.errors(include_url=False, include_input=False)
    return []


def _path_of(error: Any, body: Body) -> Path:
    """Return the box that an error is about, or the whole part."""
    listed, *inside = error["loc"]
    if listed not in _PART_FIELDS or not inside:
        return (str(listed),)
    return (listed, body[listed][inside[0]]["id"], *(str(key) for key in inside[1:2]))


def _sentence_of(error: Any) -> str:
    named = next((str(key) for key in error["loc"] if key in LABELS and key not in _PART_FIELDS), str(error["loc"][0]))
    label = LABELS.get(named, named).split(",")[0]
    said = content.mistake_sentence(error, field=label)
    if error["type"] in ("too_long", "string_too_long"):
        said += f" : {error['ctx']['max_length']} {'lignes' if error['type'] == 'too_long' else 'signes'} au plus"
    return f"{said[:1].upper()}{said[1:]}."
