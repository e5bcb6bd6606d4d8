"""Sessions to come: the form on a plan, and on « Séances » the next one with the others below it."""

from __future__ import annotations

from datetime import date, time
from html import escape

import streamlit as st

from clicnjob import models, workshop_policy
from clicnjob.french.moments import shown_day, shown_hour
from clicnjob.ui.forms import day_box, text_boxes
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.trainer import acting
from clicnjob.ui.widgets import download
from clicnjob.workshops import planning
from clicnjob.workshops.planning import PlannedSession

_HOURS = tuple(time(hour, minute) for hour in range(8, 20) for minute in (0, 15, 30, 45))
_FIRST_HOUR, _FIRST_DAY = time(9, 30), 1


def draw_form(plan_id: str, *, today: date) -> None:
    """Draw the day, the hour and the place at which this plan will be held."""
    with st.expander("Prévoir cette séance", icon=":material/event:", key="plan-ahead"):
        key = session_state.widget_key("ahead", plan_id)
        day_box.draw_day("Jour", key=f"{key}-day", today=today, first=_FIRST_DAY)
        st.selectbox("Heure", _HOURS, index=_HOURS.index(_FIRST_HOUR), key=f"{key}-start", format_func=shown_hour)
        with st.form("plan-ahead-form", enter_to_submit=False, border=False):
            text_boxes.draw_message(
                "Lieu (pas obligatoire)", key=f"{key}-place", most=workshop_policy.PLANNED_PLACE_LENGTH,
                placeholder="Exemple\u00a0: salle 2",
            )  # fmt: skip
            st.form_submit_button(
                "Noter la séance", key="plan-ahead-note", type="primary", icon=":material/event:",
                on_click=_plan_session, args=(plan_id, key),
            )  # fmt: skip


def draw_next(one: PlannedSession, *, today: date) -> None:
    """Draw the session that comes first, with what one needs for it."""
    st.html(
        f'<p class="cj-about">Votre prochaine séance</p><p class="cj-plan-title">{escape(one.title)}</p>'
        f'<p class="cj-help">{escape(_when_and_where(one, today=today))}</p>'
    )
    if one.day == today:
        st.button(
            "Commencer la séance", key="begin-planned", type="primary", icon=":material/play_arrow:", width="stretch",
            on_click=_begin_session, args=(one.id,),
        )  # fmt: skip
    else:
        st.button(
            "Commencer dès maintenant", key="begin-planned", icon=":material/play_arrow:", width="stretch",
            on_click=_begin_session, args=(one.id,),
        )  # fmt: skip
    if st.button("Relire le plan", key="read-planned", icon=":material/menu_book:", width="stretch"):
        session_state.PLAN.set(one.plan_id)
        session_state.PLAN_OPEN_TO_WRITE.clear()
        st.switch_page(navigation.page_path("trainer/plans.py"))
    download.download_button("Imprimer le plan", document="plan", work_id=one.plan_id, icon=":material/print:")


def draw_all(planned: tuple[PlannedSession, ...], *, today: date) -> None:
    """Draw a line for each session to come, to be started or cancelled."""
    if not planned:
        return
    with st.expander(f"Vos séances prévues\u00a0: {len(planned)}", icon=":material/calendar_month:", key="planned"):
        for one in planned:
            with st.container(key=f"cj-line-planned-{one.id}", horizontal=True, vertical_alignment="center"):
                when = escape(_when_and_where(one, today=today))
                st.html(
                    f'<p class="cj-item">{escape(one.title)}</p><p class="cj-help">{when}</p>',
                    width="stretch",
                )
                st.button(
                    layout.escape_markdown(f"Annuler\u00a0: {one.title}, {shown_day(one.day)}"),
                    key=f"drop-{one.id}", type="tertiary", on_click=_drop_session, args=(one.id,),
                )  # fmt: skip


def _when_and_where(one: PlannedSession, *, today: date) -> str:
    day = "aujourd’hui" if one.day == today else shown_day(one.day)
    said = f"{day}, {shown_hour(one.start)}"
    return said[0].upper() + said[1:] + (f" · {one.place}" if one.place else "")


def _plan_session(plan_id: str, key: str) -> None:
    day = date.fromisoformat(session_state.widget_value(f"{key}-day", str) or "")
    start = session_state.widget_value(f"{key}-start", time) or _FIRST_HOUR
    place = session_state.widget_value(f"{key}-place", str) or ""
    if transactions.run_action(
        lambda session, me: planning.plan_session(
            session, by=me, plan_id=plan_id, day=day, start=start, place=place, now=models.utc_now()
        )
    ):
        session_state.tell_once(
            f"C’est noté\u00a0: {shown_day(day)}, {shown_hour(start)}. Retrouvez-la dans « Séances »."
        )
        session_state.renew_widgets()


def _begin_session(planned_id: str) -> None:
    if not acting.repeat_page() and transactions.run_action(
        lambda session, me: planning.begin_session(session, by=me, planned_id=planned_id, now=models.utc_now())
    ):
        acting.ask_page("trainer/board.py", told="La séance commence. Ouvrez la porte pour faire entrer le groupe.")


def _drop_session(planned_id: str) -> None:
    if transactions.run_action(lambda session, me: planning.drop_session(session, by=me, planned_id=planned_id)):
        session_state.tell_once("La séance n’est plus prévue. Personne n’a été prévenu.")
