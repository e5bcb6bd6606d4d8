"""Beside the board: what to send to the screens and to whom, the timer, « Regardez-moi », and the projector."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from clicnjob import models, policy
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.models import PushMode
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import countdown
from clicnjob.workshops.live import activities, projection, pushing
from clicnjob.workshops.live.board import Board, TileState

_EVERYBODY, _DONE, _CHOSEN = "Tout le monde", "Ceux qui ont fini", "Choisir"
_NOBODY = ("",)  # the push is then refused with its sentence, where an empty list would mean everybody
_WHEN = {"Proposer": PushMode.PROPOSE, "Tous ensemble, dans 10 s": PushMode.TOGETHER}
_TIMES = (3, 5, 10, 15, 20)
_INSTRUCTION = "push-instruction"


def draw_pushing(me: Present, shown: Board, now: datetime) -> None:
    """Draw what a trainer sends: the next step, any activity, the timer, the call to look up, the projector."""
    if shown.activity_title:
        st.html(_now_html(shown))
    to = _draw_choice_of_people(me, shown)
    mode = _WHEN[st.radio("Comment", list(_WHEN), key="push-mode", horizontal=True)]
    following = shown.step + 1
    if following < len(shown.steps):
        st.button(
            layout.escape_markdown(f"Étape suivante\u00a0: {shown.steps[following]}"),
            key="push-next",
            type="primary",
            icon=":material/skip_next:",
            width="stretch",
            on_click=_push_step,
            args=(shown, following, mode, to),
        )
    _draw_other(shown, mode, to)
    _draw_timer(shown, now)
    _draw_projector(shown)


def _now_html(shown: Board) -> str:
    return f'<p class="cj-about">En ce moment\u00a0: {escape(shown.activity_title)}</p>'


def _draw_choice_of_people(me: Present, shown: Board) -> tuple[str, ...]:
    """Ask who receives it; () means everybody, latecomers included."""
    done = tuple(one.id for one in shown.people if one.state is TileState.DONE)
    called = {one.id: names.name_on_screen(one.at.first_name, "", projected=me.projected) for one in shown.people}
    chosen = st.segmented_control(
        "À qui", (_EVERYBODY, _DONE, _CHOSEN), default=_EVERYBODY, key="push-who", required=True
    )
    if chosen == _DONE:
        if not done:
            st.text("Personne n’a encore fini.")
        return done or _NOBODY
    if chosen != _CHOSEN:
        return ()
    picked = st.pills(
        "Qui",
        list(called),
        selection_mode="multi",
        format_func=lambda one: layout.escape_markdown(called.get(one, "")),
        key="push-people",
        label_visibility="collapsed",
    )
    return tuple(picked) or _NOBODY


def _draw_other(shown: Board, mode: PushMode, to: tuple[str, ...]) -> None:
    known = activities.group_activities()
    with st.expander("Une autre activité", icon=":material/apps:", expanded=not shown.steps):
        chosen = st.selectbox(
            "Activité", list(known), format_func=lambda key: known[key].nom, key="push-activity", index=0
        )
        with st.form("push-form", border=False, enter_to_submit=False):
            said = text_boxes.draw_message(
                "Consigne",
                key=_INSTRUCTION,
                most=policy.PUSHED_INSTRUCTION_LENGTH,
                height=96,
                placeholder=known[chosen].consigne or "Écrivez la consigne, en phrases courtes.",
            )
            if st.form_submit_button("Envoyer", key="push-send", icon=":material/send:") and _push_activity(
                shown, chosen, said, mode, to
            ):
                st.rerun()


def _draw_timer(shown: Board, now: datetime) -> None:
    st.header("Le temps", anchor=False)
    left = int((shown.timer_ends_at - now).total_seconds()) if shown.timer_ends_at else 0
    if shown.timer_ends_at and left > 0:
        place = f"{shown.workshop_id}{shown.timer_ends_at.isoformat()}"
        countdown.draw_countdown(
            place=place, seconds=left, label="Temps qui reste", over="C’est l’heure.", key="board-timer"
        )
        st.button(
            "Arrêter le minuteur", key="timer-stop", icon=":material/timer_off:", on_click=_stop_timer, args=(shown,)
        )
    else:
        with st.container(horizontal=True, gap="small", key="cj-board-times"):
            for minutes in _TIMES:
                st.button(f"{minutes}\u00a0min", key=f"timer-{minutes}", on_click=_start_timer, args=(shown, minutes))
    if shown.look_until:
        st.button(
            "Reprendre", key="look-end", type="primary", icon=":material/play_arrow:", on_click=_resume, args=(shown,)
        )
    else:
        st.button("Regardez-moi (2\u00a0min)", key="look", icon=":material/campaign:", on_click=_look_up, args=(shown,))


def _draw_projector(shown: Board) -> None:
    st.header("L’écran du mur", anchor=False)
    if shown.projector_token:
        st.link_button("Ouvrir l’écran du mur", f"/ecran/{shown.projector_token}", icon=":material/open_in_new:")
        st.button(
            "Éteindre", key="wall-off", icon=":material/tv_off:", type="tertiary", on_click=_darken, args=(shown,)
        )
    else:
        st.button("Allumer l’écran du mur", key="wall-on", icon=":material/tv:", on_click=_light, args=(shown,))
    st.text("Il montre la consigne, le temps et les réponses choisies. Jamais un prénom.")


def _push_step(shown: Board, step: int, mode: PushMode, to: tuple[str, ...]) -> None:
    if transactions.run_action(
        lambda session, me: pushing.push_step(
            session,
            by=me,
            workshop_id=shown.workshop_id,
            step=step,
            mode=mode,
            to=to,
            operation=_operation(shown, f"step{step}"),
            now=models.utc_now(),
        )  # fmt: skip
    ):
        session_state.tell_once("L’étape est envoyée.")


def _push_activity(shown: Board, activity: str, said: str, mode: PushMode, to: tuple[str, ...]) -> bool:
    saved = transactions.run_action(
        lambda session, me: pushing.push_activity(
            session,
            by=me,
            workshop_id=shown.workshop_id,
            activity=activity,
            instruction=said,
            mode=mode,
            to=to,
            operation=_operation(shown, activity),
            now=models.utc_now(),
        )  # fmt: skip
    )
    if saved:
        text_boxes.clear_messages(_INSTRUCTION)
        session_state.tell_once("L’activité est envoyée.")
    return True


def _operation(shown: Board, what: str) -> str:
    """Return the same command for two touches on the same drawn board, so that a double click acts once."""
    return f"{shown.workshop_id}-{shown.version}-{what}"


def _start_timer(shown: Board, minutes: int) -> None:
    transactions.run_action(
        lambda session, me: pushing.start_timer(
            session, by=me, workshop_id=shown.workshop_id, minutes=minutes, now=models.utc_now()
        )
    )


def _stop_timer(shown: Board) -> None:
    transactions.run_action(
        lambda session, me: pushing.stop_timer(session, by=me, workshop_id=shown.workshop_id, now=models.utc_now())
    )


def _look_up(shown: Board) -> None:
    transactions.run_action(
        lambda session, me: pushing.pause_group(
            session, by=me, workshop_id=shown.workshop_id, minutes=2, now=models.utc_now()
        )
    )


def _resume(shown: Board) -> None:
    transactions.run_action(
        lambda session, me: pushing.resume_group(session, by=me, workshop_id=shown.workshop_id, now=models.utc_now())
    )


def _light(shown: Board) -> None:
    transactions.run_action(
        lambda session, me: projection.open_projector(
            session, by=me, workshop_id=shown.workshop_id, now=models.utc_now()
        )
    )


def _darken(shown: Board) -> None:
    transactions.run_action(
        lambda session, me: projection.close_projector(
            session, by=me, workshop_id=shown.workshop_id, now=models.utc_now()
        )
    )
