"""Who may do what to whom: every public function of the rooms, tried by every role. Makes docs/access.md.

`python -m tests.access_table > docs/access.md`
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from clicnjob.errors import Refusal
from tests import access_recipes_accounts as accounts
from tests import access_recipes_cohort as cohort
from tests import access_recipes_importing as importing
from tests import access_recipes_lessons as lessons
from tests import access_recipes_obstacles as orientation
from tests import access_recipes_own as own
from tests import access_recipes_workshops as workshops
from tests.access_exceptions import EXCEPTIONS
from tests.access_world import OWN, RELATIONS, ROLES, UNKNOWN, World

ROOMS = {
    "accounts": "Comptes",
    "privacy": "Vie privée",
    "cv": "CV",
    "jobs": "Métiers",
    "interview": "Entretien",
    "apply": "Candidatures",
    "learn": "Apprendre",
    "sending": "Envoi",
    "cohort": "Suivi",
    "workshops": "Séances de groupe",
}
ACTORS = {"by", "of", "adviser", "actor", "present"}
# A filter, a colleague to whom one hands, a visit, content that is the same for everybody.
NOT_TARGETS = {"by_id", "to_id", "sign_in_id", "lesson_id", "content_id", "exercise_id"}
# A `key` names people, an import or a line, `request` and `listed` a list of people.
BY_KEY = {
    "cohort.importing.intake.cards_of",
    "cohort.many.listing.take_off_list",
    "cohort.many.papers.printed_sheets",
    "cohort.reports.report.figures_report",
    "cohort.reports.imilo_week.mark_entered",
    "cohort.sheet_address.person_of_mark",
} | lessons.BY_CONTENT


ON_SOMEBODY = {
    **accounts.ON_SOMEBODY,
    **own.PRIVACY_ON,
    **own.CV_ON,
    **own.JOBS_ON,
    **own.APPLY_ON,
    **own.SENDING_ON,
    **cohort.ON_SOMEBODY,
    **importing.ON_SOMEBODY,
    **workshops.ON_SOMEBODY,
    **orientation.ON_SOMEBODY,
    **lessons.ON_SOMEBODY,
}
ON_ONESELF = {
    **accounts.ON_ONESELF,
    **own.PRIVACY,
    **own.CV,
    **own.JOBS,
    **own.INTERVIEW,
    **own.APPLY,
    **own.LEARN,
    **own.SENDING,
    **cohort.ON_ONESELF,
    **importing.ON_ONESELF,
    **workshops.ON_ONESELF,
    **orientation.ON_ONESELF,
    **lessons.ON_ONESELF,
}
FILTERING = own.FILTERING | cohort.FILTERING | accounts.FILTERING | workshops.FILTERING | orientation.FILTERING
FILTERING |= importing.FILTERING
FILTERING |= lessons.FILTERING


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one try: whether it was let through, and otherwise the refusal as told."""

    may: bool
    told: str = ""


@cache
def functions() -> dict[str, inspect.Signature]:
    """Every public function of the rooms whose first parameter is `session`: « cohort.notes.write » → its signature."""
    return dict(sorted((name, inspect.signature(one)) for name, one in _public()))


def _public() -> Iterator[tuple[str, Callable[..., Any]]]:
    for room in ROOMS:
        package = importlib.import_module(f"clicnjob.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, one in vars(module).items():
                if not inspect.isfunction(one) or name.startswith("_") or one.__module__ != module.__name__:
                    continue
                if next(iter(inspect.signature(one).parameters), "") == "session":
                    yield f"{found.name.removeprefix('clicnjob.')}.{name}", one


def has_actor(name: str) -> bool:
    """Whether the function says who acts: a parameter that is an actor, not only an identifier."""
    given = functions()[name].parameters
    return any(given[one].annotation not in ("str", str) for one in ACTORS & set(given))


def is_on_somebody(name: str) -> bool:
    """Whether a parameter names something that belongs to a person or to a structure."""
    given = set(functions()[name].parameters) - NOT_TARGETS
    return name in BY_KEY or any(one.endswith(("_id", "_ids")) for one in given)


@cache
def table() -> dict[tuple[str, str, str], Cell]:
    """Every cell: (function, role, relation)."""
    world = World()
    kinds = [(ON_SOMEBODY, RELATIONS), (ON_ONESELF, (OWN,))]
    return {
        (name, role, relation): _tried(world, name, recipe, role, relation)
        for recipes, relations in kinds
        for name, recipe in recipes.items()
        for role in ROLES
        for relation in relations
    }


def _tried(world: World, name: str, recipe: Callable[..., Any], role: str, relation: str) -> Cell:
    with world.case(role, relation) as case:
        try:
            given = recipe(case)
            case.session.flush()
        except Refusal as refused:
            return Cell(False, f"{type(refused).__name__}: {refused.sentence}")
        except Exception as broken:
            broken.add_note(f"{name}, {role}, {relation}")
            raise
    return Cell(bool(given) or name not in FILTERING)


_HEAD = """\
# Qui peut faire quoi

Ce fichier est fabriqué par `python -m tests.access_table > docs/access.md`. Ne le changez pas à la main.
Chaque case vient d’un essai réel de la fonction, par chaque rôle. Un test compare ce fichier.

- « siens » : soi-même, ou le jeune que l’on suit, ou ce qui est à eux.
- « structure » : une autre personne de la même structure.
- « ailleurs » : une personne d’une autre structure. La réponse est alors celle d’un identifiant inconnu.
- « oui » : l’action ne vise personne d’autre. « — » : non, pour tous.
- « rôle fini » : un conseiller dont le rôle a pris fin hier.

L’administrateur technique gère les comptes des professionnels de toutes les structures. Il ne lit aucun contenu.
"""
_COLUMNS = ("action", "jeune", "invité", "conseiller", "formateur", "responsable", "administrateur", "rôle fini")


def page() -> str:
    """The whole file."""
    lines = [_HEAD]
    for room, title in ROOMS.items():
        lines += [f"## {title}", "", f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
        for name in sorted(one for one in (*ON_SOMEBODY, *ON_ONESELF) if one.startswith(f"{room}.")):
            cells = " | ".join(_said(name, role) for role in ROLES)
            lines.append(f"| `{name.removeprefix(f'{room}.')}` | {cells} |")
        lines.append("")
    lines += ["## Sans rôle à vérifier", "", "| fonction | pourquoi |", "|---|---|"]
    lines += [f"| `{name}` | {reason} |" for name, reason in sorted(EXCEPTIONS.items())]
    return "\n".join(lines) + "\n"


def _said(name: str, role: str) -> str:
    if name in ON_ONESELF:
        return "oui" if table()[name, role, OWN].may else "—"
    shown = [one for one in RELATIONS if one != UNKNOWN and table()[name, role, one].may]
    return " · ".join(shown) or "—"


if __name__ == "__main__":
    print(page(), end="")
