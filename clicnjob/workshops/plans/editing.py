"""A structure's own plans: copied, written by several trainers at once, undone, deleted. Nothing is lost in silence."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from clicnjob import audit, policy, workshop_policy
from clicnjob.accounts import structures
from clicnjob.errors import NotFound, Refusal
from clicnjob.french import days
from clicnjob.models import Actor, OwnPlan
from clicnjob.own_content import changes
from clicnjob.own_content.changes import Body, ContentChange, InsertPart, PartGone, Path, PutValue, StoredContent
from clicnjob.own_content.own_rows import BoxChanged, ContentBounds, OwnContent
from clicnjob.workshops import permissions
from clicnjob.workshops.live import activities
from clicnjob.workshops.plans import checks, library


class TooManyPlans(Refusal):
    """The structure keeps as many plans, or as much text in them, as it may."""

    sentence = f"Votre structure garde {workshop_policy.OWN_PLANS_MOST} plans au plus. Effacez un vieux plan, puis recommencez."


class PlanTooLong(Refusal):
    """The plan would hold more than the file of a plan may."""

    sentence = "Ce plan est trop long. Raccourcissez un texte, puis recommencez."


def copy_plan(session: Session, *, by: Actor, plan_id: str, now: datetime) -> str:
    """Copy a plan of ours or of the structure, with its kit, its licence and where it comes from; return the new id.

    Raises NotFound, TooManyPlans.
    """
    chosen = library.plan_for(session, of=by, plan_id=plan_id)
    body = chosen.plan.model_dump(mode="json", warnings=False)
    if not chosen.own:
        body = _as_adaptation(body, structures.name_of(session, by.organisation_id))
    made = add_plan(session, by=by, body=body, brought=chosen.brought, now=now)
    audit.note_act(session, by=by, act="session plan copied", now=now)
    return made


def begin_plan(session: Session, *, by: Actor, now: datetime) -> str:
    """Store a plan of 90 minutes to be written from nothing: a welcome, an empty step, a last word; return its id.

    Raises NotFound for who leads no sessions, TooManyPlans.
    """
    steps = (("On s’installe", 10), ("", 70), ("On fait le point", 10))
    made = add_plan(
        session, by=by, body=_empty_plan(structures.name_of(session, by.organisation_id), steps, now), now=now
    )
    audit.note_act(session, by=by, act="session plan begun", now=now)
    return made


def add_plan(session: Session, *, by: Actor, body: Body, brought: bool = False, now: datetime) -> str:
    """Store a plan as a new one of the structure, never over another: a title that is taken gets a number.

    `brought`: it is as its author wrote it, so that the first change makes it an adaptation.
    Raises NotFound for who leads no sessions, TooManyPlans, PlanTooLong.
    """
    if not permissions.may_run(by) or by.organisation_id is None:
        raise NotFound
    query = select(OwnPlan.title).where(OwnPlan.organisation_id == by.organisation_id)
    taken = set(session.exec(query).all()) | {plan.titre for plan in library.shipped_plans().values()}
    title = _free_title(str(body["titre"]), taken)
    row = OwnPlan(organisation_id=by.organisation_id, by_id=by.id, title=title, version=int(body["version"]))
    row.made_at = row.changed_at = now
    return _PLANS.add_row(session, row=row, stored=StoredContent(content={**body, "titre": title}, brought=brought))


def set_value(
    session: Session, *, by: Actor, plan_id: str, path: Path, value: Any, shown: Collection[str], now: datetime
) -> tuple[int, str]:
    """Write into one box; return the version of the plan and the fingerprint of what was typed as it is kept.

    `shown` are the fingerprints of what the screen showed in the box and last wrote into it, so that two people may
    write at once: another text there is a colleague's. A dict changes its own keys of the value only.
    Raises NotFound, PartGone, WrongField, BoxChanged, PlanTooLong, TooManyPlans, what `text.clean_line` raises.
    """
    return _PLANS.set_value(session, by=by, row_id=plan_id, path=path, value=value, shown=shown, now=now)


def set_activity(
    session: Session, *, by: Actor, plan_id: str, step: str, activity: str, shown: Collection[str], now: datetime
) -> tuple[int, str]:
    """Let a step open an activity, or a lesson or scene that one's structure shows; return as `set_value`.

    The title of an own lesson is kept beside it, to name it when it is withdrawn. Raises as `set_value`, and NotFound for
    a lesson that the structure does not show.
    """
    known = activities.activity_to_send(session, by=by, key=activity, now=now)
    title = known.nom if activities.own_content_of(known.cle) else ""

    def change_of(_: OwnPlan, body: Body) -> ContentChange | None:
        kept = changes.value_at(body, ("etapes", step))
        if kept["activite"] == known.cle:
            return None
        if changes.value_fingerprint(kept["activite"]) not in shown:
            raise BoxChanged(None)
        return PutValue(path=("etapes", step), value={**kept, "activite": known.cle, "nom_activite": title})

    version = _PLANS.change_row(session, by=by, row_id=plan_id, change_of=change_of, now=now)
    return version, changes.value_fingerprint(known.cle)


def add_part(session: Session, *, by: Actor, plan_id: str, listed: str, after: str, base: int, now: datetime) -> str:
    """Put an empty step or sheet behind the one `after`, at the beginning without one; return its id.

    `listed` is « etapes » or « kit », `base` the version that the screen shows. Raises NotFound, ContentChanged, PartGone,
    WrongField for too many of them.
    """
    if listed not in _EMPTY_PARTS:
        raise PartGone
    part = {"id": _new_id(listed), **_EMPTY_PARTS[listed]}

    def change_of(_: OwnPlan, body: Body) -> ContentChange:
        ids = [one["id"] for one in changes.value_at(body, (listed,))]
        return InsertPart(path=(listed,), at=ids.index(after) + 1 if after in ids else 0, body=part)

    _PLANS.change_row(session, by=by, row_id=plan_id, change_of=change_of, base=base, now=now)
    return str(part["id"])


def remove_part(session: Session, *, by: Actor, plan_id: str, path: Path, part: str, base: int, now: datetime) -> None:
    """Take a step or a sheet out. Raises NotFound, ContentChanged, PartGone."""
    _PLANS.remove_part(session, by=by, row_id=plan_id, path=path, part=part, base=base, now=now)


def move_part(
    session: Session, *, by: Actor, plan_id: str, path: Path, part: str, places: int, base: int, now: datetime
) -> None:
    """Move a step or a sheet down by so many places, up where negative. Raises NotFound, ContentChanged, PartGone."""
    _PLANS.move_part(session, by=by, row_id=plan_id, path=path, part=part, places=places, base=base, now=now)


def undo_change(session: Session, *, by: Actor, plan_id: str, base: int, now: datetime) -> None:
    """Take back the last change of the plan, whoever made it: `base` says that the screen shows it.

    Does nothing when there is none. Raises NotFound, ContentChanged.
    """
    _PLANS.undo_change(session, by=by, row_id=plan_id, base=base, now=now)


def delete_plan(session: Session, *, by: Actor, plan_id: str, base: int, now: datetime) -> None:
    """Delete a plan of the structure; sessions that began with it keep their copy. Raises NotFound, ContentChanged."""
    _PLANS.delete_row(session, by=by, row_id=plan_id, base=base, act="session plan deleted", now=now)


def _as_adaptation(body: Body, structure: str) -> Body:
    """Return what the structure adapts: its author and its source say from whom and from what."""
    origin = f"D’après « {body['titre']} », version {body['version']}, {body['auteur']}. {body['source']}"
    return {
        **body,
        "auteur": f"{body['auteur']}, adapté par {structure}"[: policy.LINE_LENGTH],
        "source": origin if len(origin) <= workshop_policy.PLAN_SOURCE_LENGTH else body["source"],
    }


def _clean_value(_: OwnPlan, _body: Body, path: Path, value: Any) -> Any:
    return checks.clean_value(path, value)


_PLANS = OwnContent(
    table=OwnPlan,
    bounds=ContentBounds(
        workshop_policy.OWN_PLAN_CHARACTERS,
        PlanTooLong,
        workshop_policy.OWN_PLANS_MOST,
        workshop_policy.OWN_PLANS_CHARACTERS,
        TooManyPlans,
    ),
    may_write=permissions.may_run,
    nameless_title=lambda _: "Plan sans titre",
    clean_value=_clean_value,
    check_list=checks.check_list,
    check_change=checks.check_change,
    adapt_body=_as_adaptation,
)


def _free_title(title: str, taken: set[str]) -> str:
    """Return the title, or with the first number that is free: « Téléphoner (2) »."""
    number, bare = 1, library.bare_title(title)
    while title in taken:
        number += 1
        ending = f" ({number})"
        title = bare[: workshop_policy.WORKSHOP_TITLE_LENGTH - len(ending)] + ending
    return title


def _empty_plan(author: str, steps: Collection[tuple[str, int]], now: datetime) -> Body:
    named = author[: policy.LINE_LENGTH]
    written = [
        {"id": _new_id("etapes"), **_EMPTY_PARTS["etapes"], "titre": title, "minutes": minutes}
        for title, minutes in steps
    ]
    return {
        "version": 1,
        "titre": "Nouveau plan",
        "domaine": "Emploi",
        "objectif": "",
        "pour_quoi": "",
        "public": "",
        "duree_min": sum(minutes for _, minutes in steps),
        "licence": "CC-BY-SA-4.0",
        "auteur": named,
        "source": named,
        "verifie_le": days.local_day(now).isoformat(),
        "materiel": [],
        "etapes": written,
        "kit": [],
        "emporte": [],
    }


def _new_id(listed: str) -> str:
    return f"{'etape' if listed == 'etapes' else 'fiche'}-{secrets.token_hex(5)}"


_EMPTY_PARTS: dict[str, Body] = {
    "etapes": {
        "minutes": 5, "titre": "", "activite": "oral", "nom_activite": "", "consigne": "", "dire": "", "montrer": "",
        "moins_de_postes": "", "sans_internet": "", "indices": [], "question": None,
    },
    "kit": {
        "titre": "", "usage": "", "copies": "1 par personne", "textes": [], "tableau": None, "cases": [],
        "questions": [], "cartes": [],
    },
}  # fmt: skip
