"""/connexion/pro: sign-in of professionals by password, then by a TOTP code where a second factor is set up."""

from __future__ import annotations

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import second_factor, staff
from clicnjob.accounts.second_factor import SignInStep, WrongCode
from clicnjob.accounts.staff import Device, WrongPassword
from clicnjob.accounts.waits import TooManyTries
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web.addresses import return_path
from clicnjob.web.auth import pending, slowing
from clicnjob.web.auth.arriving import landing_page
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.auth.known_device import known_device
from clicnjob.web.auth.signing_in import let_in
from clicnjob.web.documents.qr_code import qr_drawing
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page

_STATUS: dict[type[Refusal], int] = {WrongPassword: 403, WrongCode: 403, TooManyTries: 429}
_SET_UP = "/connexion/pro/double"
_NEXT = {SignInStep.CODE: "/connexion/pro/code", SignInStep.SET_UP: _SET_UP}


async def sign_in_form(request: Request) -> Response:
    """Show the sign-in form of professionals."""
    return password_page(back=return_path(request.query_params.get("retour", "/")))


async def by_password(request: Request) -> Response:
    """Check a login and its password."""
    fields = await form_fields(request)
    login, back = fields.get("identifiant", ""), return_path(fields.get("retour", "/"))
    try:
        account = await hash_apart(request, _login_owner, login, fields.get("mot_de_passe", ""), known_device(request))
    except Refusal as refusal:
        await slowing.count_failure(request)
        return password_page(back=back, login=login, refusal=refusal)
    return await go_on(request, account, back)


async def go_on(request: Request, account: Account, back: str, *, known_twice: bool = False) -> Response:
    """Continue after the password or the provider: with the second step if one is due, else into the app.

    `known_twice` means that the provider has already checked a second factor.
    """
    step, answer = await run_in_threadpool(_next_step, account, back)
    if answer is None or known_twice:
        return await let_in(request, account, await run_in_threadpool(landing_page, account, back))
    return answer


async def code_page(request: Request) -> Response:
    """Ask for the code of the telephone."""
    return await run_in_threadpool(_code_awaited, request)


async def by_code(request: Request) -> Response:
    """Check the code of the telephone, or a recovery code."""
    fields = await form_fields(request)
    await slowing.slow_down(request)
    try:
        waiting = await run_in_threadpool(_pass_code, request, fields.get("code", ""))
    except Refusal as refusal:
        await slowing.count_failure(request)
        return render_page("code.html", status=_STATUS.get(type(refusal), 400), mistake=refusal.sentence)
    if waiting is None:
        return _from_the_start()
    account, back = waiting
    answer = await let_in(request, account, await run_in_threadpool(landing_page, account, back))
    pending.stop_pending(answer)
    return answer


async def set_up_page(request: Request) -> Response:
    """Show the set-up of a required second factor: a QR code to scan and a box for the first code."""
    return await run_in_threadpool(_set_up_awaited, request)


async def set_up(request: Request) -> Response:
    """Confirm the set-up by a first code, sign in and show the recovery codes."""
    fields = await form_fields(request)
    await slowing.slow_down(request)
    try:
        done = await run_in_threadpool(_set_up, request, fields.get("code", ""))
    except Refusal as refusal:
        await slowing.count_failure(request)
        return await run_in_threadpool(_set_up_awaited, request, refusal)
    if done is None:
        return _from_the_start()
    account, back, codes = done
    onward = await run_in_threadpool(landing_page, account, back)
    answer = await let_in(request, account, onward, render_page("codes_secours.html", codes=codes, onward=onward))
    pending.stop_pending(answer)
    return answer


def password_page(*, back: str, login: str = "", refusal: Refusal | None = None) -> Response:
    """Return the sign-in form, with the refusal's sentence if any."""
    chosen = current_settings()
    return render_page(
        "pro.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        back=back,
        login=login[:100],
        mistake=refusal.sentence if refusal else "",
        outside=chosen.oidc_name if chosen.outside_sign_in else "",
    )


def set_up_form(
    session: Session, account: Account, action: str, refusal: Refusal | None = None, proof: str = ""
) -> Response:
    """Return the QR code with the box for the first code; the secret stays the same until it is confirmed."""
    address = second_factor.set_up_address(session, account=account, now=models.utc_now())
    return render_page(
        "double.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        drawing=qr_drawing(address),
        secret=second_factor.secret_of(address),
        action=action,
        proof=proof,
        mistake=refusal.sentence if refusal else "",
    )


def _login_owner(login: str, password: str, device: Device | None) -> Account:
    now = models.utc_now()
    with db.write_transaction() as session:
        attempt = staff.begin_try(session, login=login, device=device, now=now)
    if not attempt.secret_fits(password):
        with db.write_transaction() as session:
            staff.note_refused(session, attempt, now=now)
        raise WrongPassword
    with db.write_transaction() as session:
        return staff.admit_professional(session, attempt, now=now)


def _next_step(account: Account, back: str) -> tuple[SignInStep, Response | None]:
    with db.write_transaction() as session:
        step = second_factor.next_sign_in_step(session, account)
        if step is SignInStep.NONE:
            return step, None
        if step is SignInStep.SET_UP:
            second_factor.begin_set_up(session, account=account, now=models.utc_now())
        answer = RedirectResponse(_NEXT[step], 303)
        pending.start_pending(answer, session, account, step=step, back=back)
        return step, answer


def _code_awaited(request: Request) -> Response:
    with db.read_transaction() as session:
        waiting = pending.pending_account(request, session, SignInStep.CODE)
    return render_page("code.html", mistake="") if waiting else _from_the_start()


def _set_up_awaited(request: Request, refusal: Refusal | None = None) -> Response:
    with db.read_transaction() as session:
        waiting = pending.pending_account(request, session, SignInStep.SET_UP)
        return set_up_form(session, waiting[0], _SET_UP, refusal) if waiting else _from_the_start()


def _pass_code(request: Request, code: str) -> tuple[Account, str] | None:
    """Return (account, page to open) for a right code, None when no code is expected. Raises WrongCode, TooManyTries.

    The count of tries is committed before WrongCode is raised.
    """
    with db.write_transaction() as session:
        waiting = pending.pending_account(request, session, SignInStep.CODE)
        if waiting is None:
            return None
        fits = second_factor.code_passes(session, account_id=waiting[0].id, code=code, now=models.utc_now())
    if not fits:
        raise WrongCode
    return waiting


def _set_up(request: Request, code: str) -> tuple[Account, str, tuple[str, ...]] | None:
    """Do the same for the first code of a telephone; also return the recovery codes. Raises WrongCode, TooManyTries."""
    with db.write_transaction() as session:
        waiting = pending.pending_account(request, session, SignInStep.SET_UP)
        if waiting is None:
            return None
        codes = second_factor.confirm_set_up(session, account=waiting[0], code=code, now=models.utc_now())
    if codes is None:
        raise WrongCode
    return *waiting, codes


def _from_the_start() -> Response:
    """Send back to the password whoever has not just completed the step before."""
    return RedirectResponse("/connexion/pro", 303)


ROUTES = [
    Route("/connexion/pro", sign_in_form, methods=["GET"]),
    Route("/connexion/pro", by_password, methods=["POST"]),
    Route("/connexion/pro/code", code_page, methods=["GET"]),
    Route("/connexion/pro/code", by_code, methods=["POST"]),
    Route("/connexion/pro/double", set_up_page, methods=["GET"]),
    Route("/connexion/pro/double", set_up, methods=["POST"]),
]
