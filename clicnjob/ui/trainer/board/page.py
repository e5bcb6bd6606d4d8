"""The board: what is read of the running session, the tiles with their gestures, and the panel beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cv.document import compose, preview
from clicnjob.errors import NotFound
from clicnjob.french import forms
from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import layout, navigation, session_state, signed_in, transactions
from clicnjob.ui.trainer import acting, entrance, workshops
from clicnjob.ui.trainer.board import draw_panel, push_panel, question_panel, seat_panel
from clicnjob.ui.widgets import elapsed, workshop_board
from clicnjob.ui.widgets.workshop_board import BoardGesture, CallLine, PersonTile, SeatTile
from clicnjob.workshops.live import activities, answers, board, help_requests, hints, progress, shown_page
from clicnjob.workshops.live.answers import LedQuestion
from clicnjob.workshops.live.board import Board, BoardPerson, TileState
from clicnjob.workshops.live.shown_page import ShownPage

_STATES = {
    TileState.HELP: "Demande de l’aide",
    TileState.STUCK: "N’avance plus",
    TileState.AWAY: "Pas relié",
    TileState.TURN: "Attend son tour",
    TileState.DONE: "A fini",
    TileState.ANSWERED: "A répondu",
    TileState.WORKING: "Travaille",
    TileState.READY: "Pas commencé",
}
_COUNTED = (
    (TileState.WORKING, "au travail", "au travail"),
    (TileState.DONE, "a fini", "ont fini"),
    (TileState.ANSWERED, "a répondu", "ont répondu"),
    (TileState.TURN, "attend son tour", "attendent leur tour"),
    (TileState.AWAY, "pas relié", "pas reliés"),
)
_PANELS = ("Envoyer", "Question", "Groupes", "Places")
_KEY = "board"
_SESSIONS = "trainer/workshops.py"


@dataclass(frozen=True)
class LedWorkshop:
    """What the page shows: the board, the questions, and the page of somebody who asks for help, if it is open."""

    board: Board
    questions: tuple[LedQuestion, ...]
    page: ShownPage | None


def draw_board_page() -> None:
    """Draw the whole page in one fragment, or say that no session runs."""
    _draw_running()


@st.fragment(key="board_fragment")
def _draw_running() -> None:
    me = signed_in.still_present(*SUPPORT_ROLES)
    acting.open_asked_page("trainer/board.py")
    layout.draw_messages()
    now = models.utc_now()
    shown = _read_led(me, now)
    if shown is None:
        st.title("Séance en direct", anchor=False)
        st.text("Aucune séance n’est en cours.")
        st.page_link(navigation.page_path(_SESSIONS), label="Voir les séances", icon=":material/co_present:")
        return
    _draw_top(me, shown.board, now)
    entrance.draw_entrance(me, shown.board.workshop_id)
    left, right = st.columns([15, 8], gap="medium")
    with left, st.container(key="cj-board-tiles"):
        if shown.page is not None:
            _draw_shown_page(shown)
        _draw_tiles(me, shown.board, now)
    with right, st.container(key="cj-board-panel"):
        chosen = st.segmented_control(
            "Ce que vous voulez faire", _PANELS, default=_PANELS[0], key="board-panel", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        if chosen == "Question":
            question_panel.draw_questions(shown.board, shown.questions)
        elif chosen == "Groupes":
            draw_panel.draw_groups(me, shown.board)
        elif chosen == "Places":
            seat_panel.draw_seats(me, shown.board)
        else:
            question_panel.draw_current(shown.board, shown.questions)
            push_panel.draw_pushing(me, shown.board, now)
            entrance.draw_co_trainers(me, shown.board.workshop_id)


def _read_led(me: Present, now: datetime) -> LedWorkshop | None:
    with db.read_transaction() as session:
        workshop_id = board.led_now(session, of=me, now=now)
        if not workshop_id:
            return None
        shown = board.board_shown(session, of=me, workshop_id=workshop_id, now=now)
        asked = answers.led_questions(session, of=me, workshop_id=workshop_id)
        return LedWorkshop(shown, asked, _read_page(session, me, workshop_id, now))


def _read_page(session: object, me: Present, workshop_id: str, now: datetime) -> ShownPage | None:
    """Return the page that is open, as long as its owner's call lasts."""
    if not (whose := session_state.BOARD_PERSON.get()) or me.projected:
        return None
    try:
        return shown_page.shown_page(session, of=me, workshop_id=workshop_id, participant_id=whose, now=now)  # type: ignore[arg-type]
    except NotFound:
        session_state.BOARD_PERSON.clear()
        session_state.tell_once("La demande est finie. La page n’est plus montrée.")
        return None


def _draw_top(me: Present, shown: Board, now: datetime) -> None:
    with st.container(key="cj-board-top", horizontal=True, vertical_alignment="center", gap="medium"):
        st.title(layout.escape_markdown(shown.title), anchor=False)
        elapsed.draw_elapsed(
            place=shown.workshop_id, seconds=int((now - shown.began_at).total_seconds()), key="board-elapsed"
        )
        st.html(f'<p class="cj-help">{_states_summary(shown)}</p>', width="content")
        _draw_end(shown)
    if shown.rehearsal:
        st.html('<p class="cj-about">Essai sans groupe\u00a0: dix jeunes inventés. À la fin, rien n’en reste.</p>')
    elif not me.projected:
        st.html('<p class="cj-help" role="status">Attention\u00a0: les prénoms se voient sur cet écran.</p>')


def _draw_end(shown: Board) -> None:
    """Draw the end of the session, behind a second touch: a wrong one would send everybody out."""
    words = "Finir l’essai" if shown.rehearsal else "Finir la séance"
    with st.popover(words, icon=":material/stop_circle:", key="board-end"):
        st.text("Rien n’en reste." if shown.rehearsal else "Ensuite, vous notez qui était là.")
        st.button("Oui, finir", key="board-end-go", type="primary", on_click=_end_session, args=(shown,))


def _end_session(shown: Board) -> None:
    if not acting.repeat_page() and workshops.end_session(shown.workshop_id, rehearsal=shown.rehearsal):
        acting.ask_page(_SESSIONS)


def _states_summary(shown: Board) -> str:
    people = shown.people
    states = [person.state for person in people]
    parts = [layout.count_of_people(len(people))]
    for state, alone, several in _COUNTED:
        if count := states.count(state):
            parts.append(f"{count} {alone if count == 1 else several}")
    return " · ".join(parts)


def _draw_tiles(me: Present, shown: Board, now: datetime) -> None:
    reasons = activities.stuck_reasons()
    called = names.names_in_group(shown.first_names, projected=me.projected)
    calls = [
        CallLine(
            id=call.id,
            person=call.participant_id,
            name=called[call.participant_id],
            seat=_seat_words(call.seat),
            reason=reasons[call.reason].formateur if call.reason in reasons else "demande de l’aide",
            since=_seconds_since(call.asked_at, now),
            seen=call.seen,
            page=call.page_shown and not me.projected,
        )
        for call in shown.calls
    ]
    tiles = [
        SeatTile(
            tile.label or _seat_words(tile.number),
            [_person_tile(one, called[one.id], now, group=shown.activity_title) for one in tile.people],
        )
        for tile in shown.tiles
    ]
    if not tiles:
        st.text("Personne n’est encore entré. La porte, le code et ceux qui attendent sont au-dessus.")
    workshop_board.draw_board(
        key=_KEY,
        calls=calls,
        tiles=tiles,
        hints=hints.ready_hints(shown.hints),
        ask=f"/tableau/{shown.workshop_id}",
        version=shown.version,
        touched=lambda gesture: _act_on_gesture(shown, gesture),
    )


def _person_tile(one: BoardPerson, name: str, now: datetime, *, group: str) -> PersonTile:
    """Build one person's part of a tile; the activity is named where it is not that of the group."""
    at = one.at
    place = [at.activity] if at.activity != group else []
    if at.steps:
        place.append(f"Étape {at.step} sur {at.steps}")
    working = one.state in (TileState.WORKING, TileState.STUCK, TileState.HELP) and at.since_at is not None
    since = _seconds_since(at.since_at, now) if working and at.since_at else -1
    return PersonTile(
        id=one.id,
        name=name,
        state=one.state.value,
        words=_STATES[one.state],
        place=" · ".join(part for part in place if part),
        since=since,
        group=one.group_number,
        at_screen=one.at_screen,
    )


def _seat_words(number: int) -> str:
    return f"Poste {number}" if number else ""


def _seconds_since(at: datetime, now: datetime) -> int:
    return max(0, int((now - at).total_seconds()))


def _act_on_gesture(shown: Board, gesture: BoardGesture) -> None:
    """Do what was touched. Each function checks the right anew, so a forged gesture does nothing more."""
    now, workshop_id, whom = models.utc_now(), shown.workshop_id, gesture.whom
    if gesture.act == "page":
        session_state.BOARD_PERSON.set(whom)
        transactions.run_action(
            lambda session, me: shown_page.note_page_seen(
                session, by=me, workshop_id=workshop_id, participant_id=whom, now=now
            )
        )
    elif gesture.act == "seen":
        transactions.run_action(lambda session, me: help_requests.mark_help_seen(session, by=me, help_id=whom, now=now))
    elif gesture.act == "done":
        transactions.run_action(lambda session, me: help_requests.mark_help_done(session, by=me, help_id=whom, now=now))
    elif gesture.act == "quiet":
        transactions.run_action(
            lambda session, me: progress.mark_stuck_seen(
                session, by=me, workshop_id=workshop_id, participant_id=whom, now=now
            )
        )
    elif gesture.act == "hint":
        _send_hint(shown, gesture, now)


def _send_hint(shown: Board, gesture: BoardGesture, now: datetime) -> None:
    ready = hints.ready_hints(shown.hints)
    if not 0 <= gesture.hint < len(ready):
        return
    if transactions.run_action(
        lambda session, me: help_requests.send_hint(
            session,
            by=me,
            workshop_id=shown.workshop_id,
            participant_id=gesture.whom,
            sentence=ready[gesture.hint],
            now=now,
        )
    ):
        session_state.tell_once("L’indice est sur son écran.")


def _draw_shown_page(shown: LedWorkshop) -> None:
    """Draw the CV of somebody who asks for help and shows it, above the tiles."""
    page = shown.page
    assert page is not None
    with st.container(key="cj-board-page", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(layout.escape_markdown(f"La page {forms.name_after_de(page.first_name or '?')}"), anchor=False)
            st.button("Fermer", key="close-page", icon=":material/close:", on_click=session_state.BOARD_PERSON.clear)
        st.text("Elle se cache quand la demande est réglée ou reprise.")
        if page.cv is None:
            st.text("Le CV n’est pas encore commencé.")
            return
        document = compose.compose_document(page.profile, page.cv, photo=page.photo)
        st.html(
            f'<div class="cj-sheet" tabindex="0" role="group" aria-label="CV">{preview.preview_html(document)}</div>'
        )
