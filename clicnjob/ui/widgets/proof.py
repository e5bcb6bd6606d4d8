"""Re-authentication of a professional before an action that could give access to somebody else's account."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import reauthentication, staff
from clicnjob.accounts.presence import Present
from clicnjob.accounts.reauthentication import Proof, ProofWay, SignInAgain
from clicnjob.accounts.second_factor import WrongCode
from clicnjob.accounts.staff import WrongPassword
from clicnjob.errors import Refusal
from clicnjob.ui.shell import double_click, session_state, signed_in

_LABELS = {
    ProofWay.CODE: "Le code de votre téléphone, ou un code de secours",
    ProofWay.PASSWORD: "Votre mot de passe",
}


def draw_proof_form(
    me: Present, *, name: str, button: str, icon: str, act: Callable[..., None], args: tuple[object, ...] = ()
) -> None:
    """Draw the form of an action; when it is submitted, `act` is called with `args` and the text typed."""
    with st.form(f"proof-{name}", enter_to_submit=True, border=False, clear_on_submit=True):
        draw_proof_box(me, name=name)
        st.form_submit_button(
            button,
            key=f"proof-go-{name}",
            type="primary",
            icon=icon,
            on_click=double_click.act_at_first_click,
            args=(f"proof-{name}-{[one for one in args if isinstance(one, str)]}", (), _act_as_typed, name, act, args),
        )


def draw_proof_box(me: Present, *, name: str) -> None:
    """Draw the box of the code or password within a form; `typed_proof` returns what was typed in it."""
    with db.read_transaction() as session:
        way = reauthentication.proof_way(session, of=me)
    if way not in _LABELS:
        st.text(SignInAgain.sentence)
        return
    st.text_input(_LABELS[way], key=_box_key(name), type="password", autocomplete="off")


def _box_key(name: str) -> str:
    return f"proof-typed-{name}"


def _act_as_typed(name: str, act: Callable[..., None], args: tuple[object, ...]) -> None:
    act(*args, typed_proof(name))


def typed_proof(name: str) -> str:
    """Return what was typed in a box of `draw_proof_box`, for a callback."""
    return session_state.widget_value(_box_key(name), str) or ""


def given_proof(typed: str) -> Proof | None:
    """Return the proof of the person signed in now, or None after showing the refusal.

    The attempt is counted whatever its result.
    """
    me = signed_in.present_now()
    if me is None:
        return None
    try:
        return _checked_proof(me, typed)
    except Refusal as refusal:
        session_state.tell_once(refusal.sentence)
        return None


def _checked_proof(me: Present, typed: str) -> Proof:
    now = models.utc_now()
    with db.read_transaction() as session:
        way = reauthentication.proof_way(session, of=me)
    if way is ProofWay.PASSWORD:
        return _by_password(me, typed)
    with db.write_transaction() as session:
        if way is ProofWay.FRESH_SIGN_IN:
            return reauthentication.prove_by_sign_in(session, of=me, now=now)
        proof = reauthentication.prove_by_code(session, of=me, code=typed, now=now)
    if proof is None:
        raise WrongCode
    return proof


def _by_password(me: Present, typed: str) -> Proof:
    """Count the attempt, check the password outside any transaction because hashing is slow, then clear the count."""
    now = models.utc_now()
    with db.write_transaction() as session:
        attempt = staff.begin_own_try(session, account_id=me.id, now=now)
    if not attempt.secret_fits(typed):
        raise WrongPassword("Ce n’est pas votre mot de passe. Vérifiez-le.")
    with db.write_transaction() as session:
        return reauthentication.prove_by_password(session, of=me, attempt=attempt, now=now)
