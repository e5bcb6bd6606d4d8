"""Prints a plan for the trainer and its kit for the group, as PDF/UA-1."""

from __future__ import annotations

from sqlmodel import Session

from clicnjob import text, typeset
from clicnjob.generated_file import PDF, GeneratedFile
from clicnjob.models import Actor
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.library import PlanChoice
from clicnjob.workshops.plans.words import KitSheet, KitTable, Plan

_PLAN = "_common/plan.typ"
_KIT = "_common/kit.typ"
_SCREEN_PPI = 80


def plan_file(session: Session, *, of: Actor, plan_id: str) -> GeneratedFile:
    """Return the agenda of a plan as PDF. Raises NotFound, UnfinishedPlan."""
    chosen = library.ready_plan(session, of=of, plan_id=plan_id)
    name = text.file_name(f"{chosen.plan.titre} - déroulé.pdf")
    return GeneratedFile(name, PDF, typeset.sheet_pdf(_PLAN, _plan_data(chosen)))


def kit_file(session: Session, *, of: Actor, plan_id: str) -> GeneratedFile:
    """Return the sheets of a plan's kit as PDF, each beginning a page. Raises NotFound, UnfinishedPlan."""
    plan = library.ready_plan(session, of=of, plan_id=plan_id).plan
    return GeneratedFile(text.file_name(f"{plan.titre} - kit.pdf"), PDF, typeset.sheet_pdf(_KIT, _kit_data(plan)))


def sheet_pictures(plan: Plan, *, sheet_id: str) -> tuple[bytes, ...]:
    """Return the pages of one sheet as PNG, as they will be printed, also of a sheet that still misses something."""
    alone = plan.model_copy(update={"kit": [sheet for sheet in plan.kit if sheet.id == sheet_id]})
    return typeset.Sheet(_KIT, _kit_data(alone)).as_pictures(ppi=_SCREEN_PPI)


def _plan_data(chosen: PlanChoice) -> dict[str, object]:
    plan, begins = chosen.plan, 0
    steps = []
    for step in plan.etapes:
        steps.append({**step.model_dump(mode="json"), "begins": begins, "activity": chosen.activity_name(step)})
        begins += step.minutes
    return {**plan.model_dump(mode="json", exclude={"etapes", "kit"}), "steps": steps, **_FALLBACKS}


def _kit_data(plan: Plan) -> dict[str, object]:
    return {"title": plan.titre, "sheets": [_sheet_data(sheet) for sheet in plan.kit], **_FALLBACKS}


def _sheet_data(sheet: KitSheet) -> dict[str, object]:
    table = None if sheet.tableau is None or not sheet.tableau.colonnes else _table_data(sheet.tableau)
    return {**sheet.model_dump(mode="json", warnings=False), "tableau": table}


def _table_data(table: KitTable) -> dict[str, object]:
    """Return the table with as many cells in each row as it has heads."""
    width = len(table.colonnes)
    rows = [*table.lignes, *([[]] * table.vides)]
    return {"heads": table.colonnes, "rows": [(row + [""] * width)[:width] for row in rows]}


_FALLBACKS = {"fallbacks": typeset.FALLBACK_FONTS}
