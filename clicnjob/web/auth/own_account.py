"""/compte: a signed-in professional changes their password or second factor, after giving the password again."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import second_factor, staff, structures, vault
from clicnjob.accounts.own_secret import WrongOwnPassword
from clicnjob.accounts.passwords import PasswordsDiffer, strong_password
from clicnjob.accounts.presence import Present
from clicnjob.accounts.second_factor import SecondFactorState, WrongCode
from clicnjob.accounts.staff import PasswordAttempt
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account
from clicnjob.web.auth import professionals, slowing
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.auth.signing_in import let_in
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page

HOME = "/mon-compte"
_PROOF = "password given again"
_STATUS: dict[type[Refusal], int] = {WrongCode: 403, TooManyTries: 429}


class PasswordTooOld(Refusal):
    """The password was given too long ago."""

    sentence = "Trop de temps a passé. Donnez encore votre mot de passe."


async def password_form(request: Request) -> Response:
    """Show the form for a new password."""

    async def shown(_me: Present) -> Response:
        return render_page("nouveau_mot_de_passe.html", mistake="")

    return await _for_me(request, shown)


async def new_password(request: Request) -> Response:
    """Change the password: every sign-in ends, and this browser gets a new one."""
    fields = await form_fields(request)

    async def changed(me: Present) -> Response:
        try:
            account = await hash_apart(request, _change_password, me, fields)
        except Refusal as refusal:
            await _slow_down(request, refusal)
            status = _STATUS.get(type(refusal), 400)
            return render_page("nouveau_mot_de_passe.html", status=status, mistake=refusal.sentence)
        return await let_in(request, account, HOME)

    return await _for_me(request, changed)


async def second_factor_form(request: Request) -> Response:
    """Show what can be done with the second factor."""

    async def shown(me: Present) -> Response:
        return _factor_page(await run_in_threadpool(_factor_state, me))

    return await _for_me(request, shown)


async def change_second_factor(request: Request) -> Response:
    """Change the second factor. With the password and the current code: start a change, renew the recovery codes or
    remove it. With a first code: confirm the new secret."""
    fields = await form_fields(request)
    doing = _confirm_factor if "code" in fields else _begin_gesture

    async def done(me: Present) -> Response:
        try:
            return await hash_apart(request, doing, me, fields)
        except Refusal as refusal:
            await _slow_down(request, refusal)
            return _factor_page(await run_in_threadpool(_factor_state, me), refusal)

    return await _for_me(request, done)


async def _slow_down(request: Request, refusal: Refusal) -> None:
    """Count a wrong secret against the client's address, as at the sign-in."""
    if isinstance(refusal, WrongOwnPassword | WrongCode | TooManyTries):
        await slowing.count_failure(request)


def _factor_page(standing: SecondFactorState, refusal: Refusal | None = None) -> Response:
    status = _STATUS.get(type(refusal), 400) if refusal else 200
    return render_page("ma_double.html", status=status, standing=standing, mistake=refusal.sentence if refusal else "")


def _change_password(me: Present, fields: dict[str, str]) -> Account:
    attempt = _attempt_again(me, fields.get("actuel", ""))
    password = fields.get("mot_de_passe", "")
    if password != fields.get("encore", ""):
        raise PasswordsDiffer
    with db.read_transaction() as session:
        known = staff.known_of(session, _known_account(session.get(Account, me.id)))
        place = structures.name_of(session, me.organisation_id)
    sealed = staff.seal_password(strong_password(password, about=known, place=place))
    with db.write_transaction() as session:
        return staff.change_password(session, attempt=attempt, sealed=sealed, now=models.utc_now())


def _begin_gesture(me: Present, fields: dict[str, str]) -> Response:
    """Carry out the change requested, once the password and the current code are right.

    Somebody without a password signs in through the external provider, and proves who they are by the code alone.
    Raises WrongOwnPassword, WrongCode, TooManyTries.
    """
    standing, now = _factor_state(me), models.utc_now()
    attempt = _attempt_again(me, fields.get("mot_de_passe", "")) if standing.password or not standing.since else None
    with db.write_transaction() as session:
        account = (
            staff.admit_professional(session, attempt, now=now)
            if attempt
            else _known_account(session.get(Account, me.id))
        )
        answer = _do_gesture(session, account, me, fields)
    if answer is None:
        raise WrongCode
    return answer


def _do_gesture(session: Session, account: Account, me: Present, fields: dict[str, str]) -> Response | None:
    """Carry out the change requested; return None for a wrong code, since its count must still be committed."""
    now, gesture = models.utc_now(), fields.get("geste", "")
    proven: dict[str, Any] = {"account": account, "code": fields.get("code_actuel", ""), "now": now}
    if gesture == "codes":
        codes = second_factor.renew_recovery_codes(session, **proven, sign_in_id=me.sign_in_id)
        return render_page("codes_secours.html", codes=codes, onward=HOME) if codes else None
    if gesture == "arreter":
        stopped = second_factor.remove_second_factor(session, **proven, sign_in_id=me.sign_in_id)
        return RedirectResponse(HOME, 303) if stopped else None
    if not second_factor.begin_change(session, **proven):
        return None
    return professionals.set_up_form(session, account, "/compte/double", proof=_set_up_proof(session, me))


def _set_up_proof(session: Session, me: Present) -> str:
    """Return the encrypted proof for the form of a new telephone: the visit, and `sequence_mark` at this time."""
    said = json.dumps([me.sign_in_id, second_factor.sequence_mark(session, me.id)])
    return vault.locked_text(_PROOF, said, now=models.utc_now())


def _is_proven(session: Session, me: Present, proof: str) -> bool:
    said = vault.opened_text(_PROOF, proof, now=models.utc_now(), within=policy.SECOND_STEP_LASTS)
    return said is not None and json.loads(said) == [me.sign_in_id, second_factor.sequence_mark(session, me.id)]


def _confirm_factor(me: Present, fields: dict[str, str]) -> Response:
    proof, code = fields.get("preuve", ""), fields.get("code", "")
    refusal: Refusal = WrongCode()
    with db.write_transaction() as session:
        account = _known_account(session.get(Account, me.id))
        if not _is_proven(session, me, proof):
            raise PasswordTooOld
        try:
            codes = second_factor.confirm_change(
                session, account=account, code=code, sign_in_id=me.sign_in_id, now=models.utc_now()
            )
        except TooManyTries as wait:
            codes, refusal = None, wait
        if codes is None:
            return professionals.set_up_form(session, account, "/compte/double", refusal, proof)
    return render_page("codes_secours.html", codes=codes, onward=HOME)


def _attempt_again(me: Present, password: str) -> PasswordAttempt:
    """Check the person's own password, counted like a sign-in. Raises WrongOwnPassword, TooManyTries."""
    with db.write_transaction() as session:
        attempt = staff.begin_own_try(session, account_id=me.id, now=models.utc_now())
    if not attempt.secret_fits(password):
        with db.write_transaction() as session:
            staff.note_refused(session, attempt, now=models.utc_now())
        raise WrongOwnPassword
    return attempt


def _factor_state(me: Present) -> SecondFactorState:
    with db.read_transaction() as session:
        return second_factor.second_factor_state(session, _known_account(session.get(Account, me.id)))


def _known_account(found: Account | None) -> Account:
    assert found is not None  # a person who is present has an account
    return found


async def _for_me(request: Request, doing: Callable[[Present], Awaitable[Response]]) -> Response:
    me = await run_in_threadpool(gate.recognised_person, request)
    if me is None or not me.roles & STAFF_ROLES:
        return RedirectResponse("/connexion/pro", 303)
    return RedirectResponse(f"{gate.WAKING}?retour={HOME}", 303) if me.asleep else await doing(me)


ROUTES = [
    Route("/compte/mot-de-passe", password_form, methods=["GET"]),
    Route("/compte/mot-de-passe", new_password, methods=["POST"]),
    Route("/compte/double", second_factor_form, methods=["GET"]),
    Route("/compte/double", change_second_factor, methods=["POST"]),
]
