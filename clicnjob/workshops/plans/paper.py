"""Prints a plan for the trainer and its kit for the group, as PDF/UA-1."""

from __future__ import annotations

from sqlmodel import Session

from clicnjob import text, typeset
from clicnjob.generated_file import PDF, GeneratedFile
from clicnjob.models import Actor
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.words import ACTIVITIES, KitSheet, KitTable, Plan

_PLAN = "_common/plan.typ"
_KIT = "_common/kit.typ"


def plan_file(session: Session, *, of: Actor, plan_id: str) -> GeneratedFile:
    """Return the agenda of a plan as PDF. Raises NotFound."""
    plan = library.plan_for(session, of=of, plan_id=plan_id).plan
    return GeneratedFile(text.file_name(f"{plan.titre} - déroulé.pdf"), PDF, typeset.sheet_pdf(_PLAN, _plan_data(plan)))


def kit_file(session: Session, *, of: Actor, plan_id: str) -> GeneratedFile:
    """Return the sheets of a plan's kit as PDF, each beginning a page. Raises NotFound."""
    plan = library.plan_for(session, of=of, plan_id=plan_id).plan
    return GeneratedFile(text.file_name(f"{plan.titre} - kit.pdf"), PDF, typeset.sheet_pdf(_KIT, _kit_data(plan)))


def _plan_data(plan: Plan) -> dict[str, object]:
    begins = 0
    steps = []
    for step in plan.etapes:
        activity = ACTIVITIES[step.activite]
        steps.append({**step.model_dump(mode="json"), "begins": begins, "activity": activity})
        begins += step.minutes
    return {**plan.model_dump(mode="json", exclude={"etapes", "kit"}), "steps": steps, **_FALLBACKS}


def _kit_data(plan: Plan) -> dict[str, object]:
    return {"title": plan.titre, "sheets": [_sheet_data(sheet) for sheet in plan.kit], **_FALLBACKS}


def _sheet_data(sheet: KitSheet) -> dict[str, object]:
    table = None if sheet.tableau is None else _table_data(sheet.tableau)
    return {**sheet.model_dump(mode="json"), "tableau": table}


def _table_data(table: KitTable) -> dict[str, object]:
    """Return the table with as many cells in each row as it has heads."""
    width = len(table.colonnes)
    rows = [*table.lignes, *([[]] * table.vides)]
    return {"heads": table.colonnes, "rows": [(row + [""] * width)[:width] for row in rows]}


_FALLBACKS = {"fallbacks": typeset.FALLBACK_FONTS}
