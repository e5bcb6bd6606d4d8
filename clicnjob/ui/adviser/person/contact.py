"""The telephone number of a young person, and what came of a call: noted in one gesture, with a day to try again."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.cohort.notifications import channels, outcomes
from clicnjob.cohort.support import contacts
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.config import current_settings
from clicnjob.french import contact as numbers
from clicnjob.french import days
from clicnjob.ui.adviser.person import link
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, session_state, transactions
from clicnjob.ui.widgets import copy

_USUAL, _NEVER = -1, 0
_REMINDERS = {_USUAL: "comme d’habitude", _NEVER: "non", 1: "demain", 2: "dans 2 jours", 3: "dans 3 jours",
              7: "dans 7 jours", 14: "dans 14 jours", 30: "dans 30 jours"}  # fmt: skip


def draw_contact(me: Present, shown: PersonFile) -> None:
    """Draw the number, the buttons that end a call, and the reminder; in « Mode projection », nothing."""
    if me.projected or shown.archived:
        return
    today = date.today()
    with st.container(key="cj-contact", border=True):
        with st.container(key="cj-number", horizontal=True, vertical_alignment="center"):
            _draw_number(shown)
        with st.container(key="cj-outcomes", horizontal=True, vertical_alignment="bottom"):
            _draw_outcomes(shown, today)
        _draw_latest(me, shown, today)
        _draw_notified(me, shown, today)


def call_link(phone: str, words: str) -> str:
    """Return the HTML of a link that calls a number."""
    return f'<a class="cj-call-link" href="tel:{escape(phone, quote=True)}">{escape(words)}</a>'


def _draw_number(shown: PersonFile) -> None:
    if shown.phone:
        st.html(call_link(shown.phone, numbers.phone_shown(shown.phone)), width="content")
        copy.copy_button(numbers.phone_shown(shown.phone), key="copy-phone", label="Copier le numéro")
    else:
        st.text("Pas de numéro.")
        _offer_number_of_cv(shown)
    words = "Changer le numéro" if shown.phone else "Ajouter un numéro"
    with st.popover(words, key=f"phone-popover-{shown.id}", icon=":material/edit:"), st.form("phone", border=False):
        text_boxes.draw_message(
            "Téléphone",
            key=f"phone-{shown.id}",
            most=policy.PHONE_TYPED,
            placeholder="06 12 34 56 78",
            value=numbers.phone_shown(shown.phone),
        )
        st.form_submit_button(
            "Enregistrer",
            key="phone-save",
            type="primary",
            on_click=double_click.act_at_first_click,
            args=("phone", (f"phone-{shown.id}",), _change_phone, shown.id, shown.phone),
        )


def _offer_number_of_cv(shown: PersonFile) -> None:
    """Offer the number that the person's CV prints; its owner sees that the CV was read."""
    if not (number := shown.phone_on_cv):
        return
    link.tell_looked("cv")
    st.button(
        f"Garder le numéro de son CV\u00a0: {numbers.phone_shown(number)}",
        key="phone-of-cv", icon=":material/add_call:", on_click=_keep_number, args=(shown.id, number),
    )  # fmt: skip


def _draw_outcomes(shown: PersonFile, today: date) -> None:
    key = session_state.widget_key("remind", shown.id)
    st.selectbox("Me le rappeler", list(_REMINDERS), key=key, format_func=_REMINDERS.__getitem__, width=220)
    for outcome in vocabulary.contact_outcomes().values():
        st.button(
            outcome.libelle,
            key=f"contact-{outcome.cle}",
            icon=f":material/{outcome.icone}:",
            on_click=_note_contact,
            args=(shown.id, outcome.cle, key, today),
        )


def _draw_latest(me: Present, shown: PersonFile, today: date) -> None:
    """Draw the latest contact and its reminder; one that this professional has just noted can be undone."""
    if not shown.contacts:
        return
    latest = shown.contacts[0]
    when = days.days_ago(days.local_day(latest.at) or today, today=today)
    reminder = f" À rappeler le {days.shown_day(latest.remind_on, today=today)}." if latest.remind_on else ""
    with st.container(key="cj-latest", horizontal=True, vertical_alignment="center"):
        st.text(f"{when.capitalize()}, {latest.by} {latest.words}.{reminder}")
        if latest.by_id == me.id and session_state.CONTACT_NOTED.get() == (latest.id, shown.id):
            st.button("Annuler", key="contact-undo", icon=":material/undo:", on_click=_undo_contact, args=(latest.id,))


def _draw_notified(me: Present, shown: PersonFile, today: date) -> None:
    """Say by which channels the person agreed to be notified, and what failed lately; nothing where none is set up."""
    if not channels.channels_set_up(current_settings()):
        return
    with db.read_transaction() as session:
        found = channels.reached_person(session, by=me, account_id=shown.id, today=today)
    now = models.utc_now()
    by = " et ".join(outcomes.CHANNELS[one] for one in found.channels)
    said = [f"Joignable par {by}, pour les rappels." if by else "N’a pas choisi de rappels par SMS ou e-mail."]
    lines = [outcomes.outcome_said(one, now=now) for one in found.latest]
    if found.latest and outcomes.has_failed(found.latest[0], now=now):
        said.append(lines.pop(0))
    st.html("".join(f'<p class="cj-notified">{escape(one)}</p>' for one in said))
    if lines:
        items = "".join(f"<li>{escape(one)}</li>" for one in lines)
        with st.expander("Les derniers rappels", key="notified-latest", icon=":material/sms:"):
            st.html(f'<ul class="cj-plain-list">{items}</ul>')


def _note_contact(account_id: str, outcome: str, key: str, today: date) -> None:
    known = vocabulary.contact_outcomes()[outcome]
    chosen = session_state.widget_value(key, int)
    wait = known.rappel if chosen is None or chosen == _USUAL else chosen
    remind_on = today + timedelta(days=wait) if wait else None
    saved = transactions.run_action(
        lambda session, me: contacts.note_contact(
            session, by=me, account_id=account_id, outcome=outcome, remind_on=remind_on, today=today,
            now=models.utc_now(),
        )
    )  # fmt: skip
    if not saved:
        return
    session_state.CONTACT_NOTED.set((saved.result, account_id))
    session_state.renew_widgets()
    back = f" À rappeler le {days.shown_day(remind_on, today=today)}." if remind_on else ""
    session_state.tell_once(f"C’est noté\u00a0: {known.libelle.lower()}.{back}")
    if known.suite:
        link.open_part(known.suite)


def _undo_contact(contact_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: contacts.undo_contact(
            session, by=me, contact_id=contact_id, today=today, now=models.utc_now()
        )
    ):
        session_state.CONTACT_NOTED.clear()
        session_state.tell_once("C’est annulé.")


def _change_phone(account_id: str, before: str) -> None:
    _save_phone(account_id, session_state.widget_value(f"phone-{account_id}", str) or "", before)


def _keep_number(account_id: str, number: str) -> None:
    _save_phone(account_id, number, "")


def _save_phone(account_id: str, typed: str, before: str) -> None:
    saved = transactions.run_action(
        lambda session, me: contacts.change_phone(
            session, by=me, account_id=account_id, typed=typed, shown=before, today=date.today()
        )
    )
    if saved:
        text_boxes.clear_messages(f"phone-{account_id}")
        session_state.tell_once("Le numéro est enregistré." if saved.result else "Le numéro est retiré.")
