"""« Plans de séance »: the list of plans, and one plan minute by minute, to print or to start from."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.widgets import download
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import activities
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.library import PlanChoice
from clicnjob.workshops.plans.words import PlanStep

FILE = "trainer/plans.py"
_BOARD = "trainer/board.py"


def draw_plans(me: Present) -> None:
    """Draw the open plan, or the list."""
    chosen = _open_plan(me)
    if chosen is None:
        _draw_list(me)
    else:
        _draw_plan(chosen)


def _open_plan(me: Present) -> PlanChoice | None:
    if not (plan_id := session_state.PLAN.get()):
        return None
    try:
        with db.read_transaction() as session:
            return library.plan_for(session, of=me, plan_id=plan_id)
    except NotFound:
        session_state.PLAN.clear()
        return None


def _draw_list(me: Present) -> None:
    st.title("Plans de séance", anchor=False)
    st.text(
        "Des séances d’une heure trente, prêtes à animer\u00a0: minutes, phrases à dire, consignes, fiches à imprimer."
    )
    with db.read_transaction() as session:
        found = library.all_plans(session, of=me)
    with st.container(key="cj-entry-cards"):
        for number, one in enumerate(found):
            with st.container(key=f"cj-entry-card-plan-{number}", border=True):
                st.button(
                    layout.escape_markdown(one.plan.titre), key=f"plan-{one.id}", icon=":material/menu_book:",
                    width="stretch", wrap=True, on_click=session_state.PLAN.set, args=(one.id,),
                )  # fmt: skip
                st.html(f'<p class="cj-help">{escape(one.plan.pour_quoi)}</p>')
    st.page_link(
        navigation.page_path("trainer/workshops.py"), label="Revenir aux séances", icon=":material/arrow_back:"
    )


def _draw_plan(chosen: PlanChoice) -> None:
    plan = chosen.plan
    st.button(
        "Tous les plans", key="back", icon=":material/arrow_back:", type="tertiary", on_click=session_state.PLAN.clear
    )
    st.title(layout.escape_markdown(plan.titre), anchor=False)
    st.html(f'<p class="cj-help">{escape(plan.objectif)} · {plan.duree_min} minutes · {escape(plan.domaine)}</p>')
    with st.container(key="cj-plan-acts", horizontal=True, gap="small"):
        if st.button("Commencer avec ce plan", key="begin-plan", type="primary", icon=":material/play_arrow:"):
            _begin(chosen.id)
        download.download_button("Imprimer le plan", document="plan", work_id=chosen.id, icon=":material/print:")
        if plan.kit:
            download.download_button(
                "Imprimer les fiches", document="plan-kit", work_id=chosen.id, icon=":material/content_cut:"
            )
    _draw_facts("À préparer", plan.materiel)
    _draw_facts("Chacun repart avec", plan.emporte)
    st.header("Minute par minute", anchor=False)
    begins = 0
    for step in plan.etapes:
        _draw_step(step, begins)
        begins += step.minutes
    st.html(
        f'<p class="cj-small">Auteur\u00a0: {escape(plan.auteur)}. Licence\u00a0: {escape(plan.licence)}. '
        f"Vérifié le {plan.verifie_le:%d/%m/%Y}. {escape(plan.source)}</p>"
    )


def _draw_facts(title: str, lines: list[str]) -> None:
    items = "".join(f"<li>{escape(one)}</li>" for one in lines)
    st.html(f'<p class="cj-about">{title}</p><ul class="cj-plain-list">{items}</ul>')


def _draw_step(step: PlanStep, begins: int) -> None:
    """Draw one step: when, what it is called, what is said; the rest is folded."""
    activity = activities.group_activities().get(step.activite)
    with st.container(key=f"cj-plan-step-{step.id}", border=True):
        when = f"{begins}–{begins + step.minutes}\u00a0min"
        said = f" · {escape(activity.nom)}" if activity else ""
        st.html(f'<p class="cj-plan-when">{when}{said}</p><p class="cj-plan-title">{escape(step.titre)}</p>')
        st.html(f'<p class="cj-plan-say">«\u00a0{escape(step.dire)}\u00a0»</p>')
        with st.expander("Consigne, variantes, conseils", key=f"more-{step.id}"):
            parts = (
                ("Consigne sur les écrans", step.consigne),
                ("À montrer", step.montrer),
                ("Moins d’ordinateurs que de personnes", step.moins_de_postes),
                ("Sans internet", step.sans_internet),
            )
            facts = "".join(f"<dt>{title}</dt><dd>{escape(words)}</dd>" for title, words in parts if words)
            st.html(f'<dl class="cj-portfolio">{facts}</dl>')
            if step.indices:
                _draw_facts("Conseils à envoyer", step.indices)


def _begin(plan_id: str) -> None:
    if transactions.run_action(
        lambda session, me: lifecycle.begin_planned_workshop(session, by=me, plan_id=plan_id, now=models.utc_now())
    ):
        session_state.tell_once("La séance commence. Ouvrez la porte pour faire entrer le groupe.")
        st.switch_page(navigation.page_path(_BOARD))
