"""« Effacer mes données »: what is erased, when, and cancelling it within seven days."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import models
from clicnjob.accounts import own_secret
from clicnjob.accounts.own_secret import OwnSecretGiven
from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal
from clicnjob.models import ErasureWhy, Role
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.erasure.erasure_request import PlannedErasure
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.ui.shell import session_state, signed_in, transactions

_GOES = ("Ton sac, tes CV et ta photo", "Tes métiers, tes tests et tes candidatures", "Ta carte et ton nom")
_STAYS = (
    "Dans le journal\u00a0: « un dossier a été effacé », sans ton nom",
    "Ce que ton conseiller a noté ailleurs (i-milo)",
    "Les fichiers que tu as téléchargés",
)
_PIN = "erase-pin"
_LATER, _NOW = "Dans 7 jours (je peux changer d’avis)", "Tout de suite"


def what_goes() -> None:
    """Draw what is erased and what remains."""
    with st.container(key="cj-stages", horizontal=True, gap="medium"):
        for key, title, lines in (("goes", "Ce qui part", _GOES), ("stays", "Ce qui reste", _STAYS)):
            with st.container(key=f"cj-stage-{key}", border=True):
                st.header(title, anchor=False)
                items = "".join(f"<li>{escape(line)}</li>" for line in lines)
                st.html(f'<ul class="cj-plain-list">{items}</ul>')


def draw_choice(me: Present, plan: PlannedErasure) -> None:
    """Draw the choice of a date, the confirmation and the button; a planned erasure can be cancelled or brought
    forward.
    """
    if plan.why is ErasureWhy.ASKED and plan.due_at is not None:
        st.text(f"Tes données s’effacent le {full_day(plan.due_at)}.")
        with st.container(horizontal=True):
            st.button("Je change d’avis", key="keep", type="primary", icon=":material/undo:", on_click=_keep_everything)
            st.button("Tout effacer maintenant", key="erase-now", icon=":material/delete:", on_click=_ask_again)
        if not session_state.ERASE_SURE.get():
            return
        when = _NOW
    elif me.role is Role.GUEST:
        when = _NOW
    else:
        when = st.radio("Quand\u00a0?", (_LATER, _NOW), key="erase-when")
    if when == _NOW and me.role is not Role.GUEST:
        # Not a password box: browsers offer to save it, and its eye button catches Tab. The style sheet hides the text.
        st.text_input(
            "Ton code secret (6 chiffres)", key=session_state.widget_key(_PIN), max_chars=12, autocomplete="off"
        )
    sure = st.checkbox("J’ai compris\u00a0: tout part.", key="erase-understood")
    words = "Effacer tout de suite" if when == _NOW else "Effacer dans 7 jours"
    st.button(
        words,
        key="erase",
        type="primary",
        icon=":material/delete_forever:",
        disabled=not sure,
        on_click=_erase_now if when == _NOW else _erase_later,
    )


def _ask_again() -> None:
    session_state.ERASE_SURE.set(True)


def _keep_everything() -> None:
    if transactions.run_action(lambda session, me: erasure_request.change_mind(session, by=me, now=models.utc_now())):
        session_state.ERASE_SURE.clear()
        session_state.tell_once("C’est annulé. Tout reste là.")


def _erase_later() -> None:
    if transactions.run_action(
        lambda session, me: erasure_request.ask_for_erasure(session, by=me, now=models.utc_now())
    ):
        session_state.tell_once("C’est noté. Tu as 7 jours pour changer d’avis.")


def _erase_now() -> None:
    try:
        proof = _own_secret_given()
    except Refusal as refusal:
        session_state.tell_once(refusal.sentence)
        session_state.renew_widgets()
        return
    if transactions.run_action(
        lambda session, me: erasure_request.erase_at_once(session, by=me, proof=proof, now=models.utc_now())
    ):
        session_state.ERASED.set(True)


def _own_secret_given() -> OwnSecretGiven | None:
    """Check the typed PIN; return None when nothing was typed. Raises what `own_secret.prove_own_secret` raises."""
    me, typed = signed_in.present_now(), session_state.widget_value(session_state.widget_key(_PIN), str) or ""
    return (
        own_secret.prove_own_secret(me, signed_in.sign_in_token(), typed, now=models.utc_now())
        if me and typed
        else None
    )
