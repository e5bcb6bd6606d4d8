"""« Envoyer d’ici »: the message leaves through the structure's mail server, with the person's yes at that moment."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models, works
from clicnjob.accounts.presence import Present
from clicnjob.apply.letters import Letter
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import MailState
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.sending import mail_server, posting
from clicnjob.sending.mail_server import MailRefused
from clicnjob.sending.posting import MailTrace, PreparedMail
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import session_state, transactions
from clicnjob.ui.young.sending.letter_desk import LetterDesk

_STATES = {
    MailState.LEAVING: "peut-être parti",
    MailState.SENT: "parti",
    MailState.REFUSED: "pas parti",
    MailState.UNKNOWN: "peut-être parti",
}


def draw_mail(now: LetterDesk, letter: Letter) -> None:
    """Offer to send from here, where the structure has set up its mail server and the person has a card."""
    if not posting.may_send_mail(now.desk.me, current_settings()):
        return
    part = choice_boxes.folded_part("Envoyer d’ici, sans messagerie", key=f"mail-{letter.id}")
    if not part:
        return
    with part:
        st.text("Le message part de l’adresse de ta structure. La réponse arrive sur la tienne.")
        text_boxes.draw_message("L’adresse e-mail de l’employeur", key=_address_key(letter.id), most=254)
        key = session_state.widget_key("mail-agreed", letter.id)
        agreed = st.checkbox("Je veux envoyer ce message et mon CV à cette adresse.", key=key)
        with st.container(horizontal=True):
            st.button(
                "Envoyer maintenant",
                key="mail-send",
                icon=":material/send:",
                disabled=not agreed,
                on_click=_send_to_employer,
                args=(letter.id, now.cv_id, key, works.new_operation()),
            )
            st.button(
                "M’envoyer une copie",
                key="mail-self",
                type="tertiary",
                icon=":material/forward_to_inbox:",
                on_click=_send_mail,
                args=(letter.id, now.cv_id, "", True, works.new_operation()),
            )


def read_traces(me: Present) -> tuple[MailTrace, ...]:
    """Read what left from here in this person's name."""
    with db.read_transaction() as session:
        return posting.sent_mails(session, of=me)


def draw_traces(found: tuple[MailTrace, ...]) -> None:
    """Draw one line for each message that left from here; nothing when none did."""
    if not found:
        return
    st.header("Ce qui est parti d’ici", anchor=False)
    lines = "".join(f"<li>{escape(_trace_line(one))}</li>" for one in found)
    st.html(f'<ul class="cj-plain-list">{lines}</ul>')


def _address_key(letter_id: str) -> str:
    """Return the key of the address box: each message has its own, so that no address is left from another one."""
    return f"mail-address-{letter_id}"


def _trace_line(one: MailTrace) -> str:
    to = "à toi" if one.to_self else f"à {one.recipient}"
    joined = f", avec {one.file_name}" if one.file_name else ""
    return f"Le {full_day(one.at)}\u00a0: un message {to}{joined}\u00a0– {_STATES[one.state]}"


def _send_to_employer(letter_id: str, cv_id: str, agreed_key: str, operation: str) -> None:
    to = (session_state.widget_value(_address_key(letter_id), str) or "").strip()
    if not to:
        session_state.tell_once("Écris d’abord l’adresse e-mail de l’employeur.")
        return
    _send_mail(letter_id, cv_id, to, bool(session_state.widget_value(agreed_key, bool)), operation)


def _send_mail(letter_id: str, cv_id: str, to: str, agreed: bool, operation: str) -> None:
    """Prepare the message, hand it over outside any transaction, and write what became of it.

    It runs in a callback, which nothing interrupts half-way. `operation` was made when the button was drawn, so that a
    double touch sends once.
    """
    prepared = transactions.run_action(
        lambda session, me: posting.prepare_mail(
            session,
            by=me,
            letter_id=letter_id,
            cv_id=cv_id,
            to=to,
            agreed=agreed,
            operation=operation,
            now=models.utc_now(),
            settings=current_settings(),
        )
    )
    if prepared is not None:
        _hand_over(prepared.result)


def _hand_over(prepared: PreparedMail) -> None:
    settings = current_settings()
    try:
        mail_server.send_mail(
            prepared.whole_message(), sender=settings.smtp_from, recipient=prepared.recipient, settings=settings
        )
        state, told = MailState.SENT, "Une copie est partie vers ta boîte." if prepared.to_self else ""
    except Refusal as refusal:
        state = MailState.REFUSED if isinstance(refusal, MailRefused) else MailState.UNKNOWN
        told = refusal.sentence
    today = date.today()
    transactions.run_action(
        lambda session, me: posting.finish_mail(
            session, by=me, mail_id=prepared.id, letter_id=prepared.letter_id, state=state, today=today
        )
    )
    if told:
        session_state.tell_once(told)
    if state is MailState.SENT and not prepared.to_self:
        text_boxes.clear_messages(_address_key(prepared.letter_id))
    session_state.renew_widgets()
