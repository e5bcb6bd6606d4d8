"""« Dans mon calendrier »: the private address of a professional's appointments, made, shown once, renewed and stopped."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts.presence import Present
from clicnjob.cohort.support import calendar_feed
from clicnjob.cohort.support.calendar_feed import NAMES, OwnFeed
from clicnjob.french import days
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import copy, phone, proof

_CHOICE = "calendar-names"


def draw_feed(me: Present) -> None:
    """Draw it at the end of the agenda; on a projected screen, nothing."""
    if me.projected:
        return
    with db.read_transaction() as session:
        found = calendar_feed.own_feed(session, of=me)
    token, asked = session_state.CALENDAR_TOKEN.take(), session_state.CALENDAR_FORM.get()
    opened = bool(token) or asked
    with st.expander("Dans mon calendrier", icon=":material/calendar_add_on:", key="calendar-feed", expanded=opened):
        if token:
            _draw_address(token)
        if found is None or asked:
            _draw_form(me, renewing=found is not None)
        else:
            _draw_kept(found)


def _draw_address(token: str) -> None:
    """Show the address; the next act on the page hides it for good."""
    address = f"{phone.server_address()}/calendrier/{token}.ics"
    st.text(
        "Votre adresse privée, montrée une seule fois. Copiez-la dans votre calendrier\u00a0: «\u00a0S’abonner\u00a0»."
    )
    st.html(f'<p class="cj-feed-address" role="status"><code>{escape(address)}</code></p>')
    copy.copy_button(address, key="copy-calendar", label="Copier l’adresse")


def _draw_kept(found: OwnFeed) -> None:
    on = days.shown_day(days.local_day(found.made_at), today=date.today())
    st.text(f"Une adresse existe depuis le {on}. Elle montre\u00a0: {_in_sentence(NAMES[found.names])}.")
    st.text("Elle s’arrête si vous changez de mot de passe, de téléphone ou de rôle.")
    with st.container(horizontal=True):
        st.button("Arrêter l’adresse", key="calendar-stop", icon=":material/link_off:", on_click=_stop_feed)
        icon = ":material/autorenew:"
        st.button("Faire une nouvelle adresse", key="calendar-renew", icon=icon, on_click=_show_form, args=(True,))


def _in_sentence(words: str) -> str:
    return words[0].lower() + words[1:]


def _draw_form(me: Present, *, renewing: bool) -> None:
    st.text("Outlook, Google ou votre téléphone peut montrer vos rendez-vous d’ici, à jour.")
    st.text("Il lit une adresse privée, sans mot de passe. Qui l’a peut lire\u00a0: ne la donnez à personne.")
    st.text("Un nom part aussi chez qui tient votre calendrier. Sans nom, c’est le plus sûr.")
    if renewing:
        st.text("La nouvelle adresse remplace l’ancienne, qui ne marche plus.")
    st.radio(
        "Ce que votre calendrier dit de la personne",
        list(NAMES),
        key=session_state.widget_key(_CHOICE),
        format_func=lambda key: layout.escape_markdown(NAMES[key]),
    )
    proof.draw_proof_form(me, name="calendar", button="Faire l’adresse", icon=":material/link:", act=_make_feed)
    if renewing:
        st.button("Garder l’ancienne", key="calendar-leave", type="tertiary", on_click=_show_form, args=(False,))


def _make_feed(typed: str) -> None:
    given = proof.given_proof(typed)
    names = session_state.widget_value(session_state.widget_key(_CHOICE), str) or next(iter(NAMES))
    if given is not None and (
        saved := transactions.run_action(
            lambda session, me: calendar_feed.make_feed(session, by=me, names=names, proof=given, now=models.utc_now())
        )
    ):
        session_state.CALENDAR_TOKEN.set(saved.result)
        session_state.CALENDAR_FORM.clear()


def _show_form(on: bool) -> None:
    session_state.CALENDAR_FORM.set(on)


def _stop_feed() -> None:
    if transactions.run_action(lambda session, me: calendar_feed.stop_feed(session, by=me, now=models.utc_now())):
        session_state.tell_once("L’adresse ne marche plus. Votre calendrier se vide à sa prochaine lecture.")
