"""The boxes of a plan that is written: each saves by itself, says its own mistake, and gives way to no colleague unseen."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape
from typing import Any

import streamlit as st
from sqlmodel import Session

from clicnjob import policy, workshop_policy
from clicnjob.own_content.changes import Path
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import session_state
from clicnjob.ui.trainer.own_content import saving
from clicnjob.workshops.live import activities
from clicnjob.workshops.plans import checks, editing
from clicnjob.workshops.plans.library import PlanChoice
from clicnjob.workshops.plans.words import LABELS, PlanStep, StepQuestion

_KINDS = {"": "Aucune", "choix": "Un choix", "nuage": "Un mot", "texte": "Une phrase", "echelle": "De 1 à 5"}
_LIST_LENGTH = 3_200
LOST_HELP = "Choisissez une autre activité. Sinon, les écrans montreront la consigne seule."
_LINE, _TEXT, _SAY = policy.LINE_LENGTH, workshop_policy.PUSHED_INSTRUCTION_LENGTH, 900


def draw_plan_boxes(chosen: PlanChoice) -> None:
    """Draw the boxes of the plan itself."""
    plan = chosen.plan
    st.header("Le plan", anchor=False)
    draw_text_box(chosen, ("titre",), plan.titre, most=workshop_policy.WORKSHOP_TITLE_LENGTH)
    draw_text_box(chosen, ("objectif",), plan.objectif, most=_LINE)
    draw_text_box(chosen, ("pour_quoi",), plan.pour_quoi, most=workshop_policy.HINT_LENGTH)
    draw_text_box(chosen, ("public",), plan.public, most=_LINE)
    draw_text_box(chosen, ("domaine",), plan.domaine, most=_LINE)
    bounds = workshop_policy.WORKSHOP_LEAST_MINUTES, workshop_policy.WORKSHOP_MOST_MINUTES
    _number_box(chosen, ("duree_min",), plan.duree_min, bounds)
    draw_list_box(chosen, ("materiel",), plan.materiel)
    draw_list_box(chosen, ("emporte",), plan.emporte)
    today = date.today()
    with st.container(key="cj-plan-checked", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"Faits vérifiés le {plan.verifie_le:%d/%m/%Y}")
        if plan.verifie_le != today:
            st.button(
                "Relu aujourd’hui", key="plan-checked", icon=":material/event_available:", on_click=_save_choice,
                args=(chosen, ("verifie_le",), plan.verifie_le.isoformat(), today.isoformat()),
            )  # fmt: skip
    st.html(
        f'<p class="cj-small">Auteur\u00a0: {escape(plan.auteur)}. Licence\u00a0: {escape(plan.licence)}. '
        f"{escape(plan.source)}</p>"
    )


def draw_step_boxes(chosen: PlanChoice, step: PlanStep) -> None:
    """Draw the boxes of one step, those that a trainer fills in for every step first."""
    part = ("etapes", step.id)
    draw_text_box(chosen, (*part, "titre"), step.titre, most=workshop_policy.PUSHED_TITLE_LENGTH)
    _number_box(chosen, (*part, "minutes"), step.minutes, (1, workshop_policy.WORKSHOP_MOST_MINUTES))
    _draw_activity(chosen, step)
    draw_text_box(chosen, (*part, "consigne"), step.consigne, most=_TEXT, height=100)
    draw_text_box(chosen, (*part, "dire"), step.dire, most=_SAY, height=120)
    draw_text_box(chosen, (*part, "montrer"), step.montrer, most=workshop_policy.WALL_TEXT_LENGTH, height=90)
    _draw_question(chosen, (*part, "question"), step.question)
    draw_list_box(chosen, (*part, "indices"), step.indices)
    draw_text_box(chosen, (*part, "moins_de_postes"), step.moins_de_postes, most=_TEXT, height=80)
    draw_text_box(chosen, (*part, "sans_internet"), step.sans_internet, most=_TEXT, height=80)


def _draw_activity(chosen: PlanChoice, step: PlanStep) -> None:
    """Draw the choice of what the screens open: ours, then what the structure shows; what is lost is left open."""
    known = {key: one.nom for key, one in activities.group_activities().items()}
    known |= {key: f"{name} (la vôtre)" for key, name in chosen.lessons.items()}
    key = session_state.widget_key("plan-activity", chosen.id, step.id, step.activite)
    st.selectbox(
        LABELS["activite"], list(known), index=list(known).index(step.activite) if step.activite in known else None,
        key=key, format_func=lambda one: known[one],placeholder="Choisissez",
        on_change=_put_activity, args=(chosen, step, key),
    )  # fmt: skip
    for one in chosen.lost:
        if chosen.plan.etapes[one.number - 1].id == step.id:
            st.html(f'<p class="cj-missing">{escape(one.sentence)} {LOST_HELP}</p>')


def draw_text_box(chosen: PlanChoice, path: Path, kept: str, *, most: int, height: int = 0) -> None:
    """Draw the box of a text, of several lines where it has a height."""
    take = partial(save_value, chosen, path, kept)
    name, label = box_name(chosen, path), LABELS[path[-1]]
    if height:
        text_boxes.draw_lines(label, name=name, kept=kept, take=take, most=most, height=height)
    else:
        text_boxes.draw_line(label, name=name, kept=kept, take=take, most=most)
    saving.tell_mistakes(chosen.mistakes, path)


def draw_list_box(chosen: PlanChoice, path: Path, kept: list[str]) -> None:
    """Draw the box of a list, one entry a line."""
    text_boxes.draw_lines(
        LABELS[path[-1]], name=box_name(chosen, path), kept="\n".join(kept), most=_LIST_LENGTH, height=110,
        take=lambda typed: save_value(chosen, path, list(kept), typed.split("\n")),
    )  # fmt: skip
    saving.tell_mistakes(chosen.mistakes, path)


def box_name(chosen: PlanChoice, path: Path) -> str:
    """Return the name of a box, which no other box of any plan has."""
    return "-".join((chosen.id, *path))


def save_value(chosen: PlanChoice, path: Path, shown: Any, value: Any) -> bool:
    """Save one box. Raises the Refusal that the box shows below itself, whoever wrote in it meanwhile."""
    checks.check_value(chosen.plan, path, value)
    return saving.save_box(chosen.id, path, shown, value, set_value=partial(editing.set_value, plan_id=chosen.id))


def _draw_question(chosen: PlanChoice, path: Path, kept: StepQuestion | None) -> None:
    """Draw the question of a step: its form, then its words and choices. All three are one value of the plan."""
    genre = kept.genre if kept else ""
    key = session_state.widget_key("plan-question", *path, chosen.id, genre)
    st.selectbox(
        LABELS["question"], list(_KINDS), index=list(_KINDS).index(genre), key=key,
        format_func=lambda one: _KINDS[one], on_change=_put_question_kind, args=(chosen, path, kept, key),
    )  # fmt: skip
    if kept is None:
        return
    name = box_name(chosen, path)
    text_boxes.draw_line(
        "La question, en «\u00a0tu\u00a0»", name=name, kept=kept.question, most=workshop_policy.GROUP_QUESTION_LENGTH,
        take=lambda typed: save_value(chosen, path, {"question": kept.question}, {"question": typed}),
    )  # fmt: skip
    if kept.genre == "choix":
        text_boxes.draw_lines(
            "Réponses, une par ligne (2 à 6)", name=f"{name}-choices", kept="\n".join(kept.choix), most=_LIST_LENGTH,
            height=110,
            take=lambda typed: save_value(chosen, path, {"choix": list(kept.choix)}, {"choix": typed.split("\n")}),
        )  # fmt: skip
    saving.tell_mistakes(chosen.mistakes, path)


def _number_box(chosen: PlanChoice, path: Path, kept: int, bounds: tuple[int, int]) -> None:
    text_boxes.draw_number(
        LABELS[path[-1]], name=box_name(chosen, path), kept=kept, bounds=bounds, placeholder=str(kept),
        take=partial(saving.save_number, partial(save_value, chosen, path, kept)),
    )  # fmt: skip
    saving.tell_mistakes(chosen.mistakes, path)


def _save_choice(chosen: PlanChoice, path: Path, shown: Any, value: Any) -> None:
    saving.save_chosen(partial(save_value, chosen, path, shown, value))


def _put_activity(chosen: PlanChoice, step: PlanStep, key: str) -> None:
    activity = session_state.widget_value(key, str)
    if activity is None:
        return

    def set_activity(session: Session, *, path: Path, value: str, **rest: Any) -> tuple[int, str]:
        return editing.set_activity(session, plan_id=chosen.id, step=path[1], activity=value, **rest)

    path = ("etapes", step.id, "activite")
    saving.save_chosen(partial(saving.save_box, chosen.id, path, step.activite, activity, set_value=set_activity))


def _put_question_kind(chosen: PlanChoice, path: Path, kept: StepQuestion | None, key: str) -> None:
    genre = session_state.widget_value(key, str) or ""
    shown = _as_body(kept) if kept else None
    words: dict[str, Any] = {"question": kept.question if kept else "", "choix": []}
    _save_choice(chosen, path, shown, {"genre": genre, **words} if genre else None)


def _as_body(question: StepQuestion) -> dict[str, Any]:
    return {"genre": question.genre, "question": question.question, "choix": list(question.choix)}
