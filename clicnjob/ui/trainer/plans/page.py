"""« Plans de séance »: the list of plans, and one plan minute by minute, to print, to start from, to copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.trainer import acting, planned
from clicnjob.ui.trainer.plans import bringing, editor
from clicnjob.ui.widgets import download
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import rehearsal
from clicnjob.workshops.plans import editing, library
from clicnjob.workshops.plans.library import PlanChoice
from clicnjob.workshops.plans.words import PlanStep, StepQuestion

_BOARD = "trainer/board.py"
_KINDS = {"choix": "un choix", "nuage": "un mot", "texte": "une phrase", "echelle": "de 1 à 5"}


def draw_plans(me: Present) -> None:
    """Draw the open plan, to read or to write, or the list."""
    acting.open_asked_page("trainer/plans.py")
    chosen = _open_plan(me)
    if chosen is None:
        _draw_list(me)
    elif chosen.own and session_state.PLAN_OPEN_TO_WRITE.get():
        editor.draw_editor(chosen)
    else:
        _draw_plan(chosen)


def open_plan(plan_id: str) -> None:
    """Open a plan on the next run, to read."""
    session_state.PLAN.set(plan_id)
    session_state.PLAN_OPEN_TO_WRITE.clear()
    session_state.PLAN_PART.clear()


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
    own = [one for one in found if one.own]
    if own:
        st.header("Les plans de votre structure", anchor=False)
        _draw_cards("own", own)
        st.header("Les plans de ClicNJob", anchor=False)
    _draw_cards("ours", [one for one in found if not one.own])
    st.button("Écrire un plan", key="begin-own-plan", icon=":material/edit_note:", on_click=_begin_writing)
    bringing.draw_bringing(me, opened=open_plan)
    st.page_link(
        navigation.page_path("trainer/workshops.py"), label="Revenir aux séances", icon=":material/arrow_back:"
    )


def _draw_cards(name: str, found: Sequence[PlanChoice]) -> None:
    with st.container(key=f"cj-plan-cards-{name}"):
        for number, one in enumerate(found):
            with st.container(key=f"cj-entry-card-{name}-{number}", border=True):
                st.button(
                    layout.escape_markdown(one.plan.titre or "Plan sans titre"), key=f"plan-{one.id}",
                    icon=":material/menu_book:" if one.is_ready else ":material/edit_note:", width="stretch", wrap=True,
                    on_click=open_plan, args=(one.id,),
                )  # fmt: skip
                said = one.plan.pour_quoi if one.is_ready else f"À finir. {one.plan.pour_quoi}"
                st.html(f'<p class="cj-help">{escape(said)}</p>')


def _draw_plan(chosen: PlanChoice) -> None:
    plan = chosen.plan
    st.button(
        "Tous les plans", key="back", icon=":material/arrow_back:", type="tertiary", on_click=session_state.PLAN.clear
    )
    st.title(layout.escape_markdown(plan.titre or "Plan sans titre"), anchor=False)
    st.html(f'<p class="cj-help">{escape(plan.objectif)} · {plan.duree_min} minutes · {escape(plan.domaine)}</p>')
    editor.draw_missing(chosen)
    _draw_plan_buttons(chosen)
    if chosen.is_ready:
        planned.draw_form(chosen.id, today=date.today())
    _draw_facts("À préparer", plan.materiel)
    _draw_facts("Chacun repart avec", plan.emporte)
    st.header("Minute par minute", anchor=False)
    begins = 0
    for step in plan.etapes:
        _draw_step(step, begins, chosen.activity_name(step))
        begins += step.minutes
    st.html(
        f'<p class="cj-small">Auteur\u00a0: {escape(plan.auteur)}. Licence\u00a0: {escape(plan.licence)}. '
        f"Version {chosen.version}. Vérifié le {plan.verifie_le:%d/%m/%Y}. {escape(plan.source)}</p>"
    )


def _draw_plan_buttons(chosen: PlanChoice) -> None:
    """Draw what one can do with the plan. Only a ready one starts a session, is printed or carried away."""
    with st.container(key="cj-plan-acts", horizontal=True, gap="small"):
        if chosen.is_ready:
            st.button(
                "Commencer avec ce plan", key="begin-plan", type="primary", icon=":material/play_arrow:",
                on_click=_begin_workshop, args=(chosen.id,),
            )  # fmt: skip
            st.button(
                "Essayer sans groupe", key="rehearse-plan", icon=":material/science:",
                on_click=_try_alone, args=(chosen.id,),
            )  # fmt: skip
        if chosen.own:
            st.button(
                "Modifier ce plan", key="write-plan", icon=":material/edit:",
                type="secondary" if chosen.is_ready else "primary",
                on_click=session_state.PLAN_OPEN_TO_WRITE.set, args=(True,),
            )  # fmt: skip
        st.button(
            "Copier pour l’adapter",
            key="copy-plan",
            icon=":material/content_copy:",
            on_click=_copy_plan,
            args=(chosen.id,),
        )
    if not chosen.is_ready:
        return
    with st.container(key="cj-plan-files", horizontal=True, gap="small"):
        download.download_button("Imprimer le plan", document="plan", work_id=chosen.id, icon=":material/print:")
        if chosen.plan.kit:
            download.download_button(
                "Imprimer les fiches", document="plan-kit", work_id=chosen.id, icon=":material/content_cut:"
            )
        download.download_button(
            "Emporter ce plan", document="plan-file", work_id=chosen.id, icon=":material/download:"
        )
    named = dict.fromkeys(chosen.lessons[one.activite] for one in chosen.plan.etapes if one.activite in chosen.lessons)
    if named:
        said = escape(" · ".join(named))
        st.html(
            f'<p class="cj-small">Le fichier du plan nomme vos leçons, sans les emporter\u00a0: {said}. '
            "Chacune a son fichier, dans « Leçons de la structure ».</p>"
        )


def _draw_facts(title: str, lines: list[str]) -> None:
    items = "".join(f"<li>{escape(one)}</li>" for one in lines)
    st.html(f'<p class="cj-about">{title}</p><ul class="cj-plain-list">{items}</ul>')


def _draw_step(step: PlanStep, begins: int, activity: str) -> None:
    """Draw one step: when, what it is called, what is said; the rest is folded."""
    with st.container(key=f"cj-plan-step-{step.id}", border=True):
        when = f"{begins}–{begins + step.minutes}\u00a0min"
        st.html(
            f'<p class="cj-plan-when">{when} · {escape(activity)}</p><p class="cj-plan-title">{escape(step.titre)}</p>'
        )
        st.html(f'<p class="cj-plan-say">«\u00a0{escape(step.dire)}\u00a0»</p>')
        with st.expander("Consigne, variantes, conseils", key=f"more-{step.id}"):
            parts = (
                ("Consigne sur les écrans", step.consigne),
                ("Sur l’écran du mur", step.montrer),
                ("Question au groupe", _said_question(step.question)),
                ("Moins d’ordinateurs que de personnes", step.moins_de_postes),
                ("Sans internet", step.sans_internet),
            )
            facts = "".join(f"<dt>{title}</dt><dd>{escape(words)}</dd>" for title, words in parts if words)
            st.html(f'<dl class="cj-portfolio">{facts}</dl>')
            if step.indices:
                _draw_facts("Indices à envoyer", step.indices)


def _said_question(question: StepQuestion | None) -> str:
    if question is None:
        return ""
    return " · ".join((f"{question.question} ({_KINDS[question.genre]})", *question.choix))


def _copy_plan(plan_id: str) -> None:
    copied = transactions.run_action(
        lambda session, me: editing.copy_plan(session, by=me, plan_id=plan_id, now=models.utc_now())
    )
    if copied:
        open_plan(copied.result)
        session_state.PLAN_OPEN_TO_WRITE.set(True)
        session_state.tell_once("Voici votre copie. Changez ce que vous voulez\u00a0: l’original reste comme il est.")


def _begin_writing() -> None:
    made = transactions.run_action(lambda session, me: editing.begin_plan(session, by=me, now=models.utc_now()))
    if made:
        open_plan(made.result)
        session_state.PLAN_OPEN_TO_WRITE.set(True)
        session_state.tell_once("Un plan vide. Écrivez dans l’ordre que vous voulez\u00a0: tout se garde.")


def _begin_workshop(plan_id: str) -> None:
    if not acting.repeat_page() and transactions.run_action(
        lambda session, me: lifecycle.begin_planned_workshop(session, by=me, plan_id=plan_id, now=models.utc_now())
    ):
        acting.ask_page(_BOARD, told="La séance commence. Ouvrez la porte pour faire entrer le groupe.")


def _try_alone(plan_id: str) -> None:
    if not acting.repeat_page() and transactions.run_action(
        lambda session, me: rehearsal.begin_rehearsal(session, by=me, plan_id=plan_id, now=models.utc_now())
    ):
        acting.ask_page(_BOARD, told="Dix jeunes inventés arrivent à la porte. Faites-les entrer, puis essayez tout.")
