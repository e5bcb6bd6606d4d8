"""Beside the board: what to send to the screens and to whom, the timer, « Regardez-moi », and the projector."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from clicnjob import db, models, workshop_policy
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.models import PushMode
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.trainer import acting
from clicnjob.ui.widgets import countdown
from clicnjob.workshops.live import activities, projection, pushing
from clicnjob.workshops.live.board import Board, TileState

_EVERYBODY, _DONE, _CHOSEN = "Tout le monde", "Ceux qui ont fini", "Choisir"
_NOBODY = ("",)  # the push is then refused with its sentence, where an empty list would mean everybody
_WHEN = {"Proposer": PushMode.PROPOSE, "Tous ensemble, dans 10 s": PushMode.TOGETHER}
_TIMES = (3, 5, 10, 15, 20)
_LOOK_MINUTES = 2
_INSTRUCTION = "push-instruction"
_LAST_STEP = (
    "C’est la dernière étape. La feuille de présence à signer vient après «\u00a0Finir la séance\u00a0». "
    "Chacun peut encore écrire sa page."
)


def draw_pushing(me: Present, shown: Board, now: datetime) -> None:
    """Draw what a trainer sends: the next step, any activity, the timer, the call to look up, the projector."""
    if shown.activity_title:
        st.html(_now_html(shown))
    if shown.words:
        with st.expander("Ce que vous dites", icon=":material/record_voice_over:", key="step-words"):
            st.text(shown.words)
    if variants := [one for one in _step_variants(shown) if one]:
        with st.expander("Moins de postes, sans internet", icon=":material/devices:", key="step-variants"):
            for said in variants:
                st.text(said)
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
    elif shown.steps and not shown.rehearsal:
        st.text(_LAST_STEP)
    _draw_other(me, shown, mode, to)
    _draw_timer(shown, now)
    _draw_projector(shown)


def _step_variants(shown: Board) -> tuple[str, str]:
    """Return what the plan says of this step for a room that lacks something; '' where nothing changes."""
    fewer = shown.fewer_screens and f"Moins de postes\u00a0: {shown.fewer_screens}"
    return fewer, shown.offline and f"Sans internet\u00a0: {shown.offline}"


def _now_html(shown: Board) -> str:
    planned = f" ({shown.minutes}\u00a0min prévues)" if shown.minutes else ""
    return f'<p class="cj-about">En ce moment\u00a0: {escape(shown.activity_title)}{planned}</p>'


def _draw_choice_of_people(me: Present, shown: Board) -> tuple[str, ...]:
    """Ask who receives it; () means everybody, latecomers included."""
    done = tuple(one.id for one in shown.people if one.state is TileState.DONE)
    called = names.names_in_group(shown.first_names, projected=me.projected)
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


def _draw_other(me: Present, shown: Board, mode: PushMode, to: tuple[str, ...]) -> None:
    with db.read_transaction() as session:
        own = activities.structure_activities(session, of=me, now=models.utc_now())
    known = activities.group_activities() | own
    with st.expander("Une autre activité", icon=":material/apps:", expanded=not shown.steps):
        chosen = st.selectbox(
            "Activité",
            list(known),
            format_func=lambda key: known[key].nom + (" (la vôtre)" if key in own else ""),
            key="push-activity",
            index=0,
        )
        with st.form("push-form", border=False, enter_to_submit=False):
            text_boxes.draw_message(
                "Consigne",
                key=_INSTRUCTION,
                most=workshop_policy.PUSHED_INSTRUCTION_LENGTH,
                height=96,
                placeholder=known[chosen].consigne or "Écrivez la consigne, en phrases courtes.",
            )
            st.form_submit_button(
                "Envoyer", key="push-send", icon=":material/send:",
                on_click=_push_activity, args=(shown, chosen, mode, to),
            )  # fmt: skip


def _draw_timer(shown: Board, now: datetime) -> None:
    st.header("Le temps", anchor=False)
    left = int((shown.timer_ends_at - now).total_seconds()) if shown.timer_ends_at else 0
    if shown.timer_ends_at and left > 0:
        place = f"{shown.workshop_id}{shown.timer_ends_at.isoformat()}"
        countdown.draw_countdown(
            place=place, seconds=left, label="Temps qui reste", over="C’est l’heure.", key="board-timer"
        )
        st.button(
            "Arrêter le minuteur",
            key="timer-stop",
            icon=":material/timer_off:",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, pushing.stop_timer),
        )
    else:
        with st.container(horizontal=True, gap="small", key="cj-board-times"):
            for minutes in _offered_times(shown):
                st.button(
                    f"{minutes}\u00a0min",
                    key=f"timer-{minutes}",
                    type="primary" if minutes == shown.minutes else "secondary",
                    on_click=acting.act_on_session,
                    args=(shown.workshop_id, pushing.start_timer),
                    kwargs={"minutes": minutes},
                )
    if shown.look_until:
        st.button(
            "Reprendre",
            key="look-end",
            type="primary",
            icon=":material/play_arrow:",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, pushing.resume_group),
        )
    else:
        st.button(
            f"Regardez-moi ({_LOOK_MINUTES}\u00a0min)",
            key="look",
            icon=":material/campaign:",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, pushing.pause_group),
            kwargs={"minutes": _LOOK_MINUTES},
        )


def _offered_times(shown: Board) -> tuple[int, ...]:
    """Return the minutes of the timer: those that are planned first, then the usual ones."""
    planned = (shown.minutes,) if 0 < shown.minutes <= workshop_policy.TIMER_MOST_MINUTES else ()
    return (*planned, *(one for one in _TIMES if one not in planned))


def _draw_projector(shown: Board) -> None:
    st.header("L’écran du mur", anchor=False)
    if shown.projector_token:
        st.link_button("Ouvrir l’écran du mur", f"/ecran/{shown.projector_token}", icon=":material/open_in_new:")
        st.button(
            "Éteindre",
            key="wall-off",
            icon=":material/tv_off:",
            type="tertiary",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, projection.close_projector),
        )
    else:
        st.button(
            "Allumer l’écran du mur",
            key="wall-on",
            icon=":material/tv:",
            on_click=acting.act_on_session,
            args=(shown.workshop_id, projection.open_projector),
        )
    st.text("Il montre la consigne, le temps et les réponses choisies. Jamais un prénom.")


def _push_step(shown: Board, step: int, mode: PushMode, to: tuple[str, ...]) -> None:
    sent = transactions.run_action(
        lambda session, me: pushing.push_step(
            session, by=me, workshop_id=shown.workshop_id, step=step, mode=mode, to=to,
            operation=command_id(shown, f"step{step}"), now=models.utc_now(),
        )
    )  # fmt: skip
    if sent:
        lost = "" if sent.result else " Sa leçon n’est plus publiée\u00a0: les écrans montrent la consigne seule."
        session_state.tell_once(f"L’étape est envoyée.{lost}")


def _push_activity(shown: Board, activity: str, mode: PushMode, to: tuple[str, ...]) -> None:
    said = session_state.widget_value(_INSTRUCTION, str) or ""
    if acting.run_on_session(
        shown.workshop_id, pushing.push_activity, told="L’activité est envoyée.",
        activity=activity, instruction=said, mode=mode, to=to, operation=command_id(shown, activity),
    ):  # fmt: skip
        text_boxes.clear_messages(_INSTRUCTION)


def command_id(shown: Board, what: str) -> str:
    """Return the same command for two touches on the same drawn board, so that a double click acts once."""
    return f"{shown.workshop_id}-{shown.version}-{what}"
