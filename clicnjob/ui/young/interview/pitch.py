"""« Mon pitch »: five pieces to choose or write, the whole text to edit, and thirty seconds to rehearse."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.cv.model import wording
from clicnjob.interview import pitch, practice
from clicnjob.interview.notebook import Notebook, Pitch, SavedNotebook
from clicnjob.interview.words import Piece, interview_words
from clicnjob.proofreading import proofread
from clicnjob.ui.shell import read_aloud, session_state, session_strip, uploads
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.widgets import corrections, timer, turn
from clicnjob.ui.young.interview import asking, book, facts

_WORDS_AT_MOST = 600


def draw_pitch(now: Desk, kept: SavedNotebook) -> None:
    """Draw the current piece, or the whole text with its proofreading."""
    position, count = current_piece(kept.book.pitch), len(interview_words().pitch)
    whole = position >= count
    session_strip.note_step("young/interview_pitch.py", step=min(position + 1, count), steps=count, done=whole)
    if not whole:
        draw_piece(now, kept, position)
        return
    draw_whole(now.me, kept)
    with st.expander("Corriger les fautes", icon=":material/spellcheck:", key="words"):
        said = pitch.pitch_text(kept.book.pitch, interview_words().pitch)
        found = proofread.of_texts([said], known=wording.known_names(now.profile))
        corrections.draw_corrections(found, take=_correct_pitch)
    st.button("Refaire les 5 morceaux", key="pieces", icon=":material/replay:", on_click=_go_to_piece, args=(0,))


def current_piece(kept: Pitch) -> int:
    """Return the index of the current piece; after the last one, their number stands for the whole text.

    A new session starts at the first piece without an answer.
    """
    pieces = interview_words().pitch
    begun = next((n for n, one in enumerate(pieces) if not kept.pieces.get(one.cle)), len(pieces))
    if kept.text:
        begun = len(pieces)
    if not session_state.PITCH_PIECE.is_set():
        session_state.PITCH_PIECE.set(begun)
    return min(session_state.PITCH_PIECE.get(), len(pieces))


def draw_piece(now: Desk, kept: SavedNotebook, position: int) -> None:
    """Draw one piece: sentences filled with facts of the CV, or own words."""
    one = interview_words().pitch[position]
    said = kept.book.pitch.pieces.get(one.cle, "")
    st.html(f'<p class="cj-about">Mon pitch · {position + 1} sur {len(interview_words().pitch)}</p>')
    with st.container(key="cj-card"):
        with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
            st.title(one.question, anchor=False)
            turn.to_title(one.cle)
            read_aloud.read_aloud_button(f"{one.question} {one.conseil}", key=f"listen-{one.cle}")
        if one.conseil:
            st.html(f'<p class="cj-help">{escape(one.conseil)}</p>')
        put = _piece_putter(one)
        offered = [facts.name_sentence(now, line) for line in pitch.pitch_beginnings(one, facts.cv_facts(now))]
        asking.choice_of_lines(one.question, offered, name=one.cle, chosen=said, put=put)
        asking.ask_line("Change les mots, ou écris les tiens", name=f"own-{one.cle}", value=said, put=put)
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            if position:
                st.button(
                    "Retour", key="back", icon=":material/arrow_back:", on_click=_go_to_piece, args=(position - 1,)
                )
            st.button("Plus tard", key="skip", type="tertiary", on_click=_go_to_piece, args=(position + 1,))
            st.button("Continuer", key="next", type="primary", on_click=_go_to_piece, args=(position + 1,))


def draw_whole(me: Present, kept: SavedNotebook) -> None:
    """Draw the whole text, its length in seconds, and the rehearsal."""
    said = pitch.pitch_text(kept.book.pitch, interview_words().pitch)
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title("Mon pitch", anchor=False)
        turn.to_title("pitch")
        read_aloud.read_aloud_button(said, key="listen-pitch")
    asking.ask_text("Mon texte", name="pitch-text", value=said, put=_put_text, height=190, most=_WORDS_AT_MOST)
    st.html(f'<p class="cj-understood">{_length_in_words(said)}</p>')
    st.header("Dis-le à voix haute", anchor=False)
    timer.draw_timer(place="pitch", seconds=pitch.SECONDS, over="30 secondes. Tu peux finir ta phrase.", key="timer")
    uploads.draw_recorder(
        "Enregistre ton pitch, puis écoute-toi", key=session_state.widget_key("voice", "pitch"), sign_in_id=me.sign_in_id,
        spoken=_note_rehearsed,
    )  # fmt: skip
    st.html('<p class="cj-small">Ta voix n’est gardée nulle part. Elle s’efface quand tu changes de page.</p>')


def _length_in_words(said: str) -> str:
    seconds = pitch.speaking_seconds(said)
    if seconds > pitch.SECONDS * 1.5:
        return f"Ton texte dure environ {seconds} secondes. Enlève une phrase."
    if seconds < pitch.SECONDS / 2:
        return f"Ton texte dure environ {seconds} secondes. Tu peux ajouter une phrase."
    return f"Ton texte dure environ {seconds} secondes. C’est une bonne longueur."


def _piece_putter(one: Piece) -> asking.Put:
    def put(notes: Notebook, value: str) -> None:
        notes.pitch.pieces[one.cle] = value
        notes.pitch.text = ""  # the whole text is assembled again from the pieces

    def taken(notes: Notebook, value: str) -> None:
        if notes.pitch.pieces.get(one.cle, "") != value:
            put(notes, value)

    return taken


def _put_text(notes: Notebook, value: str) -> None:
    notes.pitch.text = value


def _correct_pitch(_before: str, after: str) -> None:
    if book.change_notebook(lambda notes: _put_text(notes, after)):
        session_state.renew_widgets()


def _note_rehearsed() -> None:
    book.change_notebook(lambda notes: practice.note_rehearsal(notes, practice.PITCH_TITLE, today=date.today()))


def _go_to_piece(position: int) -> None:
    uploads.drop_mine()
    session_state.forget_faults()
    session_state.PITCH_PIECE.set(position)
