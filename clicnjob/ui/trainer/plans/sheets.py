"""The boxes of a sheet of the kit: one for each of its parts, and the printed page beside them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import streamlit as st
from pydantic import BaseModel

from clicnjob import policy, workshop_policy
from clicnjob.own_content.changes import Path
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.trainer.own_content import saving
from clicnjob.ui.trainer.plans import boxes
from clicnjob.workshops.plans import paper, sheet_text
from clicnjob.workshops.plans.library import PlanChoice
from clicnjob.workshops.plans.words import LABELS, SHEET_TITLE_LENGTH, KitSheet, KitTable

_LONGEST = 12_000  # characters of one box; a sheet of ours stays under 1,300
_PAGES_SHOWN = 3
_BLOCKS = "Le titre sur une ligne, le texte dessous. Laissez une ligne vide entre deux."


def draw_sheet_boxes(chosen: PlanChoice, sheet: KitSheet) -> None:
    """Draw the boxes of one sheet in the order in which its parts are printed."""
    part = ("kit", sheet.id)
    boxes.draw_text_box(chosen, (*part, "titre"), sheet.titre, most=SHEET_TITLE_LENGTH)
    boxes.draw_text_box(chosen, (*part, "usage"), sheet.usage, most=workshop_policy.HINT_LENGTH)
    boxes.draw_text_box(chosen, (*part, "copies"), sheet.copies, most=policy.LINE_LENGTH)
    saving.tell_mistakes(chosen.mistakes, part)
    _draw_part(
        chosen, (*part, "textes"), _stored_bodies(sheet.textes), sheet_text.cards_as_text(sheet.textes),
        read=sheet_text.cards_of_text, how=_BLOCKS,
    )  # fmt: skip
    _draw_table(chosen, (*part, "tableau"), sheet.tableau)
    boxes.draw_list_box(chosen, (*part, "cases"), list(sheet.cases))
    _draw_part(
        chosen, (*part, "questions"), _stored_bodies(sheet.questions), sheet_text.questions_as_text(sheet.questions),
        read=sheet_text.questions_of_text,
        how="Une question par ligne. Deux lignes pour écrire\u00a0; pour en avoir cinq, finissez par\u00a0: | 5",
    )  # fmt: skip
    _draw_part(
        chosen, (*part, "cartes"), _stored_bodies(sheet.cartes), sheet_text.cards_as_text(sheet.cartes),
        read=sheet_text.cards_of_text, how=_BLOCKS,
    )  # fmt: skip


def draw_printed_page(chosen: PlanChoice, sheet: KitSheet) -> None:
    """Draw the sheet as it will be printed."""
    pages = paper.sheet_pictures(chosen.plan, sheet_id=sheet.id)
    said = (
        ""
        if len(pages) == 1
        else f"\u00a0: {len(pages)} pages" + (", les premières ici" if len(pages) > _PAGES_SHOWN else "")
    )
    st.html(f'<p class="cj-about">La fiche imprimée{said}</p>')
    for number, picture in enumerate(pages[:_PAGES_SHOWN], start=1):
        alt = f"Page {number} de la fiche « {sheet.titre} », comme elle s’imprime"
        st.html(
            f'<img class="cj-printed-page" alt="{escape(alt)}" '
            f'src="data:image/png;base64,{b64encode(picture).decode()}">'
        )


def _draw_part(
    chosen: PlanChoice, path: Path, shown: Any, kept: str, *, read: Callable[[str], Any], how: str
) -> None:  # fmt: skip
    """Draw the box of a part that is typed as a text, which `read` reads, with how to type it below."""
    text_boxes.draw_lines(
        LABELS[path[-1]], name=boxes.box_name(chosen, path), kept=kept, most=_LONGEST, height=130,
        take=lambda typed: boxes.save_value(chosen, path, shown, read(typed)),
    )  # fmt: skip
    st.html(f'<p class="cj-small">{how}</p>')
    saving.tell_mistakes(chosen.mistakes, path)


def _draw_table(chosen: PlanChoice, path: Path, kept: KitTable | None) -> None:
    """Draw the box of the table, and where there is one, the number of its empty rows."""
    shown = None if kept is None else {"colonnes": list(kept.colonnes), "lignes": kept.lignes, "vides": kept.vides}
    _draw_part(
        chosen, path, shown, sheet_text.table_as_text(kept),
        read=partial(sheet_text.table_of_text, kept=kept),
        how="Les titres des colonnes d’abord, puis une ligne par ligne. Séparez les cases par\u00a0: |",
    )  # fmt: skip
    if kept is None:
        return
    text_boxes.draw_number(
        "Lignes vides à la fin du tableau", name=f"{boxes.box_name(chosen, path)}-empty", kept=kept.vides,
        bounds=(0, 20), placeholder="3",
        take=lambda given: boxes.save_value(chosen, path, {"vides": kept.vides}, {"vides": given or 0}),
    )  # fmt: skip


def _stored_bodies(parts: list[Any]) -> list[Any]:
    """Return parts as the plan stores them, which tells whether a colleague changed them."""
    return [one.model_dump(mode="json", warnings=False) if isinstance(one, BaseModel) else one for one in parts]
