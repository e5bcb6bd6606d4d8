"""Writing a plan of the structure: the agenda, which follows what is typed, and the boxes of one step or sheet of it.

What is typed is saved within a second. What is still missing is said at its box and above, and keeps nobody from writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from clicnjob.ui.shell import session_state
from clicnjob.ui.trainer.own_content import editor, saving
from clicnjob.ui.trainer.plans import boxes, sheets
from clicnjob.workshops.plans import editing
from clicnjob.workshops.plans.library import LostActivity, PlanChoice
from clicnjob.workshops.plans.words import KitSheet, PlanStep

_LISTED = 8
_NAMES = {"etapes": "Étape", "kit": "Fiche"}
_ADD_AFTER = {"etapes": "Ajouter une étape après", "kit": "Ajouter une fiche après"}
_REMOVE = {"etapes": "Enlever l’étape", "kit": "Enlever la fiche"}


def draw_editor(chosen: PlanChoice) -> None:
    """Draw the agenda beside the boxes of what is open in it; a sheet with its printed page."""
    editor.draw_head(
        chosen.plan.titre or "Plan sans titre", version=chosen.version, done="Fini, voir le plan",
        undoes=chosen.undoes, on_done=session_state.PLAN_OPEN_TO_WRITE.clear,
        undo=partial(editing.undo_change, plan_id=chosen.id),
    )  # fmt: skip
    draw_missing(chosen)
    listed, part = _opened_part(chosen)
    agenda, written, seen = st.columns([7, 11, 10] if isinstance(part, KitSheet) else [9, 13, 1], gap="medium")
    with agenda, st.container(key="cj-plan-agenda"):
        _draw_agenda(chosen)
        _draw_kit(chosen)
    with written, st.container(key="cj-plan-boxes"):
        if part is None:
            boxes.draw_plan_boxes(chosen)
            editor.draw_deleting(
                chosen.id, "Effacer ce plan",
                "Effacer ce plan pour toute la structure\u00a0? On ne peut pas revenir en arrière.",
                on_delete=partial(_delete_plan, chosen.id),
            )  # fmt: skip
        else:
            _draw_part_head(chosen, listed, part.id)
        if isinstance(part, PlanStep):
            boxes.draw_step_boxes(chosen, part)
        elif isinstance(part, KitSheet):
            sheets.draw_sheet_boxes(chosen, part)
    if isinstance(part, KitSheet):
        with seen, st.container(key="cj-lesson-preview"):
            sheets.draw_printed_page(chosen, part)


def draw_missing(chosen: PlanChoice) -> None:
    """Say what the plan misses before a group can start with it."""
    said: dict[str, list[str]] = {}
    for one in chosen.mistakes:
        said.setdefault(_place_in_words(chosen, one.path), []).append(one.sentence)
    editor.draw_unfinished("À finir avant d’animer", said, most=_LISTED)
    draw_lost(chosen.lost)


def draw_lost(lost: Sequence[LostActivity]) -> None:
    """Say which lessons or activities the plan names that cannot be opened here; it can be used all the same."""
    if lost:
        rows = "".join(f"<li>Étape {one.number}\u00a0: {escape(one.sentence)}</li>" for one in lost[:_LISTED])
        more = f"<li>Et {len(lost) - _LISTED} de plus.</li>" if len(lost) > _LISTED else ""
        st.html(
            f'<div class="cj-warned" role="status"><p>Le plan peut servir, mais {len(lost)} activité'
            f'{"s manquent" if len(lost) > 1 else " manque"} ici</p><ul class="cj-plain-list">{rows}{more}</ul>'
            f"<p>{boxes.LOST_HELP}</p></div>"
        )


def _place_in_words(chosen: PlanChoice, path: tuple[str, ...]) -> str:
    """Name the part of a mistake: « Étape 2 : »; '' for the plan itself."""
    if len(path) < 2:
        return ""
    number = [one.id for one in _parts_of(chosen, path[0])].index(path[1]) + 1
    return f"{_NAMES[path[0]]} {number}\u00a0: "


def _parts_of(chosen: PlanChoice, listed: str) -> Sequence[PlanStep | KitSheet]:
    return chosen.plan.etapes if listed == "etapes" else chosen.plan.kit


def _opened_part(chosen: PlanChoice) -> tuple[str, PlanStep | KitSheet | None]:
    listed, _, wanted = session_state.PLAN_PART.get().partition(".")
    if listed not in _NAMES:
        return "", None
    return listed, next((part for part in _parts_of(chosen, listed) if part.id == wanted), None)


def _draw_agenda(chosen: PlanChoice) -> None:
    """Draw the plan minute by minute: each line opens its boxes."""
    plan = chosen.plan
    st.header("Minute par minute", anchor=False)
    _outline_button(chosen, "", "", "Le plan\u00a0: titre, but, matériel")
    begins = 0
    for step in plan.etapes:
        when = f"{begins}–{begins + step.minutes}\u00a0min"
        _outline_button(chosen, "etapes", step.id, f"{when} · {step.titre or 'Sans titre'}")
        said = " ".join(step.consigne.split())
        short = f"{said[:90]}…" if len(said) > 90 else said
        st.html(
            f'<p class="cj-small">{escape(" · ".join(part for part in (chosen.activity_name(step), short) if part))}</p>'
        )
        begins += step.minutes
    right = begins == plan.duree_min
    share = min(100, round(100 * begins / max(1, plan.duree_min)))
    st.html(
        f'<div class="cj-plan-sum{"" if right else " wrong"}"><span style="width:{share}%"></span></div>'
        f'<p class="cj-plan-when">{begins} minutes sur {plan.duree_min}</p>'
    )
    _draw_adding(chosen, "etapes", "Ajouter une étape à la fin")


def _draw_kit(chosen: PlanChoice) -> None:
    """Draw the sheets to print: each line opens its boxes and its page."""
    st.header("Fiches à imprimer", anchor=False)
    if not chosen.plan.kit:
        st.html('<p class="cj-small">Aucune pour l’instant. Une fiche se lit, se coche, se remplit ou se découpe.</p>')
    for number, sheet in enumerate(chosen.plan.kit, start=1):
        _outline_button(chosen, "kit", sheet.id, f"{number}. {sheet.titre or 'Sans titre'}")
    saving.tell_mistakes(chosen.mistakes, ("kit",))
    _draw_adding(chosen, "kit", "Ajouter une fiche")


def _outline_button(chosen: PlanChoice, listed: str, part_id: str, words: str) -> None:
    part = f"{listed}.{part_id}" if listed else ""
    wrong = any(".".join(one.path[:2] if len(one.path) > 1 else ()) == part for one in chosen.mistakes)
    opened = session_state.PLAN_PART.get() == part
    editor.draw_outline_button(part, words, opened=opened, wrong=wrong, on_open=_open_part)


def _draw_adding(chosen: PlanChoice, listed: str, words: str) -> None:
    rows = _parts_of(chosen, listed)
    st.button(
        words, key=f"add-last-{listed}", icon=":material/add:", on_click=_add_part,
        args=(chosen.id, listed, rows[-1].id if rows else ""),
    )  # fmt: skip


def _draw_part_head(chosen: PlanChoice, listed: str, part_id: str) -> None:
    """Draw which step or sheet is open, and the ways to move it, to add one and to take it out."""
    rows = _parts_of(chosen, listed)
    place = [one.id for one in rows].index(part_id)
    st.header(f"{_NAMES[listed]} {place + 1} sur {len(rows)}", anchor=False)
    here = {"plan_id": chosen.id, "path": (listed,), "part": part_id}
    with st.container(key="cj-plan-moves", horizontal=True, gap="small"):
        editor.draw_moves(
            place, len(rows), move=lambda places: editor.do_on_shown(editing.move_part, places=places, **here)
        )
        st.button(
            _ADD_AFTER[listed],
            key="add-after",
            icon=":material/add:",
            on_click=_add_part,
            args=(chosen.id, listed, part_id),
        )
        neighbour = f"{listed}.{rows[place - 1 if place else 1].id}" if len(rows) > 1 else ""
        if neighbour or listed == "kit":
            editor.draw_removing(_REMOVE[listed], on_remove=partial(_remove_part, here, neighbour))


def _open_part(part: str) -> None:
    session_state.PLAN_PART.set(part)
    session_state.OWN_CONTENT_TO_DELETE.clear()


def _add_part(plan_id: str, listed: str, after: str) -> None:
    if made := editor.act_on_shown(editing.add_part, plan_id=plan_id, listed=listed, after=after):
        _open_part(f"{listed}.{made.result}")


def _remove_part(here: dict[str, Any], neighbour: str) -> None:
    if editor.act_on_shown(editing.remove_part, **here):
        _open_part(neighbour)
        session_state.tell_once("C’est enlevé. «\u00a0Annuler\u00a0» le remet.")


def _delete_plan(plan_id: str) -> None:
    if editor.act_on_shown(editing.delete_plan, plan_id=plan_id):
        for key in (session_state.PLAN, session_state.PLAN_PART, session_state.OWN_CONTENT_TO_DELETE):
            key.clear()
        session_state.PLAN_OPEN_TO_WRITE.clear()
        session_state.tell_once("Le plan est effacé.")
