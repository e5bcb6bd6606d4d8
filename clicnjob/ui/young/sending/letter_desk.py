"""The message that a person is writing: what a page reads once, and the only functions that change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from clicnjob import db, policy, text, works
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications, letters
from clicnjob.apply.applications import Application, Applications
from clicnjob.apply.letter_words import AimKey, MomentKey, Part, letter_words
from clicnjob.apply.letters import Letter, Letters
from clicnjob.apply.writing import Sender
from clicnjob.sending.sender import sender_of
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import navigation, open_work, session_state, transactions
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.sending.phrases import PhraseDesk

PAGE = "young/sending.py"
MESSAGE = "message"
SENT = "envoye"
_ASKED: tuple[Part, ...] = ("raison", "moi", "envie", "suite")


@dataclass(frozen=True)
class LetterDesk:
    """What the page reads. `letter` is the message being written, if one is open; `about` is its line in the list."""

    desk: Desk
    kept: Letters
    listed: Applications
    letter: Letter | None
    sender: Sender
    about: Application | None

    @property
    def cv_id(self) -> str:
        """The CV that the message tells and names."""
        return self.desk.card.id


def opened_letters(me: Present) -> LetterDesk:
    """Read the messages, the applications and the selected CV."""
    desk = open_work.opened_desk(me)
    with db.read_transaction() as session:
        kept = letters.own_letters(session, of=me)
        listed = applications.own_applications(session, of=me)
    chosen = next((one for one in kept.letters if one.id == session_state.LETTER.get()), None)
    about = next((one for one in listed.applications if chosen and one.id == chosen.application_id), None)
    return LetterDesk(desk, kept, listed, chosen, sender_of(desk.bag, desk.card, first_name=me.first_name), about)


def screens_of(letter: Letter) -> tuple[str, ...]:
    """Return the screens of this message, in order: what is looked for, to whom, the parts, the message."""
    moment = letter_words().moments[letter.moment]
    parts = [part for part in _ASKED if part in moment.parties]
    looked_for = ["but"] if "moi" in moment.parties else []
    return (*looked_for, "qui", *parts, MESSAGE)


def current_screen(letter: Letter) -> str:
    """Return the screen to show; a message that was sent shows what comes next."""
    if letter.sent_on is not None:
        return SENT
    known = screens_of(letter)
    return step if (step := session_state.LETTER_STEP.get()) in known else known[0]


def go_to(screen: str) -> None:
    """Go to another screen of the message."""
    session_state.forget_faults()
    session_state.LETTER_STEP.set(screen)


def put_aside() -> None:
    """Close the message, which stays among those to finish."""
    session_state.LETTER.clear()
    session_state.LETTER_STEP.clear()


def open_letter(letter_id: str, screen: str = "") -> None:
    """Open a message at one of its screens."""
    session_state.LETTER.set(letter_id)
    go_to(screen)


def begin_letter(moment: MomentKey, title: str, aim: AimKey | Literal[""] = "") -> None:
    """Start a message and open it. Call it from callbacks."""
    _start_letter(Letter(moment=moment, title=title, aim=aim, started_on=date.today()))


def begin_elsewhere(moment: MomentKey, title: str, about: Application | None = None) -> None:
    """Start a message from another page, about a job or an application; `follow_to_letter` then opens it."""
    today = date.today()
    new = letters.letter_for_application(about, moment=moment, today=today) if about else None
    if _start_letter(new or Letter(moment=moment, title=title, started_on=today)):
        session_state.OPEN_LETTER.set(True)


def begin_copy(new: Letter) -> None:
    """Start a message with sentences that were ticked elsewhere; `follow_to_letter` then asks to whom it goes."""
    if _start_letter(new):
        go_to("qui")
        session_state.OPEN_LETTER.set(True)


def follow_to_letter() -> None:
    """Switch to the message if `begin_elsewhere` was called."""
    if session_state.OPEN_LETTER.take():
        st.switch_page(navigation.page_path(PAGE))


def change_letter(letter_id: str, **fields: str) -> bool:
    """Set fields of the message; return whether it was saved."""
    operation = works.new_operation()
    saved = transactions.run_action(
        lambda session, me: letters.describe_letter(session, by=me, letter_id=letter_id, operation=operation, **fields)
    )
    return saved is not None


def pick_phrases(letter_id: str, part: Part, keys: list[str]) -> bool:
    """Tick sentences of one part; return whether it was saved."""
    operation = works.new_operation()
    saved = transactions.run_action(
        lambda session, me: letters.pick_phrases(
            session, by=me, letter_id=letter_id, part=part, keys=keys, operation=operation
        )
    )
    return saved is not None


def own_phrase_taker(letter: Letter, part: Part) -> text_boxes.Take:
    """Return the callback that saves the person's own words of one part."""

    def take(typed: str) -> bool:
        said, operation = text.clean_paragraph(typed, most=policy.LETTER_PART_LENGTH), works.new_operation()
        saved = transactions.run_action(
            lambda session, me: letters.write_own_phrase(
                session, by=me, letter_id=letter.id, part=part, text=said, operation=operation
            )
        )
        return saved is not None

    return take


def phrase_desk(now: LetterDesk, letter: Letter) -> PhraseDesk:
    """Return what the questions of this message need."""
    return PhraseDesk(
        letter,
        now.sender,
        now.about,
        pick=lambda part, keys: pick_phrases(letter.id, part, keys),
        write=lambda part: own_phrase_taker(letter, part),
    )


def field_taker(letter: Letter, field: str, *, most: int = policy.NAME_LENGTH) -> text_boxes.Take:
    """Return the callback that saves one line of the message: the employer, the subject…"""

    def take(typed: str) -> bool:
        return change_letter(letter.id, **{field: text.clean_line(typed, most=most)})

    return take


def undo_last_change() -> None:
    """Undo the latest change of the messages."""
    operation = works.new_operation()
    if transactions.run_action(lambda session, me: letters.undo_letter_change(session, by=me, operation=operation)):
        session_state.renew_widgets()
        session_state.tell_once("C’est annulé.")


def mark_sent(letter_id: str, operation: str) -> None:
    """Note that the person has sent the message themselves. `operation` makes a second touch harmless."""
    today = date.today()
    transactions.run_action(
        lambda session, me: letters.note_letter_sent(
            session, by=me, letter_id=letter_id, sent_by="person", operation=operation, today=today
        )
    )


def _start_letter(new: Letter) -> bool:
    operation = works.new_operation()
    saved = transactions.run_action(
        lambda session, me: letters.start_letter(session, by=me, letter=new, operation=operation)
    )
    if saved:
        open_letter(new.id)
    return saved is not None
