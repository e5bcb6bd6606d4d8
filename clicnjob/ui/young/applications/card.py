"""The card of one application: its state, the text to say or send next, and its details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Literal, cast

import streamlit as st

from clicnjob import policy, text, works
from clicnjob.apply import applications
from clicnjob.apply.applications import STATES, Application, State
from clicnjob.apply.words import Script, employer_scripts, script_lines
from clicnjob.french import days, moments
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import copy
from clicnjob.ui.young.interview import coming
from clicnjob.ui.young.sending import send_buttons

_DAYS_AHEAD = 60


def draw_application(one: Application, *, name: str, today: date) -> None:
    """Draw one application with its state buttons. `name` signs the suggested texts."""
    is_due = applications.is_due(one, today=today)
    with st.container(key=f"cj-application-{one.id}", border=True):
        st.html(_head_html(one, today, is_due=is_due))
        asked = list(STATES)
        key = session_state.widget_key("state", one.id)
        st.pills(
            f"Où en es-tu avec {layout.escape_markdown(_title_of(one))}\u00a0?",
            asked,
            default=one.state,
            key=key,
            format_func=lambda each: STATES[each],
            label_visibility="collapsed",
            on_change=_move_application,
            args=(one.id, key),
        )
        if one.state == "interview":
            _interview_day(one, today)
            coming.draw_prepare_button(one)
        send_buttons.draw_application_buttons(one)
        _draw_words(one, name, is_due=is_due)
        unfolded = st.expander("Compléter ou enlever", key=f"more-{one.id}", on_change="rerun")
        if unfolded.open:
            with unfolded:
                _draw_details(one)


def _head_html(one: Application, today: date, *, is_due: bool) -> str:
    where = ", ".join(part for part in (one.employer, one.town) if part)
    lines = [f"<h2>{escape(_title_of(one))}</h2>"]
    if where and where != _title_of(one):
        lines.append(f'<p class="cj-help">{escape(where)}</p>')
    if is_due:
        lines.append('<p class="cj-due">C’est le moment de relancer.</p>')
    elif one.interview_on and one.state == "interview":
        lines.append(f'<p class="cj-due">Entretien {escape(days.days_until(one.interview_on, today=today))}.</p>')
    elif one.follow_up_on:
        lines.append(f'<p class="cj-help">À relancer le {days.shown_day(one.follow_up_on, today=today)}.</p>')
    if one.sent_on:
        lines.append(f'<p class="cj-help">Envoyée {days.days_ago(one.sent_on, today=today)}.</p>')
    return "".join(lines)


_MOMENTS: dict[State, tuple[str, str]] = {
    "sent": ("relance", "Quoi dire pour relancer"),
    "followed_up": ("relance", "Quoi dire pour relancer"),
    "interview": ("oui", "Quoi répondre"),
    "answer_yes": ("non", "Quoi répondre si tu dis non"),
    "answer_no": ("non", "Quoi répondre"),
}


def _draw_words(one: Application, name: str, *, is_due: bool) -> None:
    """Suggest texts for the current state; the expander is open when a follow-up is due."""
    moment, title = _MOMENTS.get(one.state, ("", ""))
    if not moment:
        return
    key = session_state.widget_key("say", one.id, one.state)
    unfolded = st.expander(title, key=key, icon=":material/chat:", expanded=is_due, on_change="rerun")
    if unfolded.open:
        with unfolded:
            for script in employer_scripts():
                if script.moment == moment:
                    copy_key = session_state.widget_key("copy", one.id, script.cle)
                    _draw_script(script, script_lines(script, one, name=name), copy_key=copy_key)


def _draw_script(script: Script, lines: Sequence[str], *, copy_key: str) -> None:
    st.html(f'<p class="cj-or">{escape(script.titre)}</p>')
    if script.canal == "message":
        copy.text_to_copy("\n".join(lines), key=copy_key)
    else:
        st.html(f'<ol class="cj-say">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ol>')


def _interview_day(one: Application, today: date) -> None:
    """Let the person choose the day in a list of words; a box of Streamlit's own says « dd/mm/yyyy »."""
    key = session_state.widget_key("interview", one.id)
    near = [(today + timedelta(days=number)).isoformat() for number in range(_DAYS_AHEAD)]
    kept = one.interview_on.isoformat() if one.interview_on else ""
    offered = [kept, *near] if kept and kept not in near else near
    st.selectbox(
        "Quel jour\u00a0?",
        offered,
        index=offered.index(kept) if kept else None,
        key=key,
        format_func=lambda day: moments.shown_day(date.fromisoformat(day)),
        placeholder="Choisir le jour",
        on_change=_plan_dates,
        args=(one.id, key),
    )


def _draw_details(one: Application) -> None:
    most = policy.NAME_LENGTH
    text_boxes.draw_line(
        "Entreprise", name=f"employer-{one.id}", kept=one.employer, take=_detail_taker(one, "employer"), most=most
    )
    text_boxes.draw_line("Ville", name=f"town-{one.id}", kept=one.town, take=_detail_taker(one, "town"), most=most)
    text_boxes.draw_lines(
        "Une note pour toi",
        name=f"note-{one.id}",
        kept=one.note,
        take=_detail_taker(one, "note"),
        most=policy.NOTE_LENGTH,
    )
    st.button(
        "Enlever",
        key=f"drop-{one.id}",
        type="tertiary",
        icon=":material/delete:",
        on_click=_drop_application,
        args=(one.id,),
    )


def _title_of(one: Application) -> str:
    return one.title or one.employer


def _move_application(application_id: str, key: str) -> None:
    chosen = cast(State | None, session_state.widget_value(key, str))
    operation, today = works.new_operation(), date.today()
    if chosen and transactions.run_action(
        lambda session, me: applications.move_application(
            session, by=me, application_id=application_id, state=chosen, operation=operation, today=today
        )
    ):
        told = {
            "sent": "Bravo\u00a0! On te dira quand relancer.",
            "followed_up": "Bien joué. Laisse-leur quelques jours.",
            "interview": "Super\u00a0! Dis quel jour, puis prépare-toi.",
            "answer_yes": "Bravo\u00a0! Parles-en à un conseiller.",
            "answer_no": "Ça arrive à tout le monde. On continue.",
        }
        if sentence := told.get(chosen):
            session_state.tell_once(sentence)
    session_state.renew_widgets()


def _plan_dates(application_id: str, key: str) -> None:
    chosen, operation = session_state.widget_value(key, str), works.new_operation()
    if chosen:
        day = date.fromisoformat(chosen)
        transactions.run_action(
            lambda session, me: applications.plan_dates(
                session, by=me, application_id=application_id, interview_on=day, operation=operation
            )
        )
        coming.take_day_of_application(application_id, day)


def _detail_taker(one: Application, field: Literal["employer", "town", "note"]) -> text_boxes.Take:
    """Return a callback that saves one field of the application and leaves the others unchanged."""

    def take(typed: str) -> bool:
        kept = text.clean_paragraph(typed, most=policy.NOTE_LENGTH) if field == "note" else text.clean_name(typed)
        operation = works.new_operation()
        saved = transactions.run_action(
            lambda session, me: applications.describe_application(
                session, by=me, application_id=one.id, operation=operation, **{field: kept}
            )
        )
        return saved is not None

    return take


def _drop_application(application_id: str) -> None:
    operation = works.new_operation()
    if transactions.run_action(
        lambda session, me: applications.drop_application(
            session, by=me, application_id=application_id, operation=operation
        )
    ):
        session_state.tell_once("C’est enlevé. « Annuler » la remet.".replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
