"""The page « La séance »: the sentence for who waits, the instruction for who is in, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES, ParticipantState
from clicnjob.ui.shell import guard, navigation, session_state, transactions
from clicnjob.ui.young.workshop import answering
from clicnjob.workshops import permissions
from clicnjob.workshops.live import joining, seats

_LOOKS_EVERY = 3.0  # seconds, while somebody waits at the door
_PAGE = "young/workshop.py"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """The person's place in a session: their state, None outside of any, and who shares their screen."""

    state: ParticipantState | None
    mates: tuple[str, ...]


def read_place(me: Present) -> OwnPlace:
    """Read where the person stands."""
    with db.read_transaction() as session:
        now = models.utc_now()
        found = permissions.own_participation(session, of=me, now=now)
        admitted = found is not None and found.state is ParticipantState.ADMITTED
        return OwnPlace(found.state if found else None, seats.seat_mates(session, of=me, now=now) if admitted else ())


def draw_place(shown: OwnPlace) -> None:
    """Draw one of the three states; each has its sentence."""
    if shown.state is ParticipantState.WAITING:
        st.title("Tu attends à la porte", anchor=False)
        _draw_waiting()
        _draw_leaving("Je ne veux plus entrer")
    elif shown.state is ParticipantState.ADMITTED:
        st.title("Tu es dans la séance", anchor=False)
        st.text("Écoute le formateur. Ton travail reste à toi.")
        if shown.mates:
            st.text(f"Sur cet écran avec toi\u00a0: {', '.join(shown.mates)}.")
        answering.draw_asked()
        st.page_link(navigation.page_path("young/path.py"), label="Aller à mon travail", icon=":material/route:")
        _draw_leaving("Quitter la séance")
    else:
        st.title("Tu n’es pas dans une séance", anchor=False)
        st.text("Ton formateur a un code\u00a0? Tape-le ici.")
        st.html('<a class="cj-button" href="/rejoindre" target="_self">J’ai un code de séance</a>')


def draw_link(me: Present) -> None:
    """On the home page: the way back to the session that the person is in, nothing for everybody else."""
    if read_place(me).state is not None:
        with st.container(key="cj-line-session"):
            st.page_link(navigation.page_path(_PAGE), label="Ma séance de groupe", icon=":material/co_present:")


@st.fragment(run_every=_LOOKS_EVERY)
def _draw_waiting() -> None:
    """Look every few seconds whether the trainer has opened, so that nobody has to press a key."""
    me = guard.still_present(*YOUNG_ROLES)
    if read_place(me).state is not ParticipantState.WAITING:
        st.rerun()
    st.html('<p role="status">Le formateur voit ton prénom. Il va t’ouvrir. Tu n’as rien à faire.</p>')


def _draw_leaving(words: str) -> None:
    st.button(words, key="leave-session", icon=":material/logout:", type="tertiary", on_click=_leave)


def _leave() -> None:
    if transactions.run_action(lambda session, me: joining.leave_workshop(session, by=me, now=models.utc_now())):
        session_state.tell_once("Tu as quitté la séance. Ton travail est gardé.")
