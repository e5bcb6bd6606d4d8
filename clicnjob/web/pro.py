"""/connexion/pro: a professional's password, then the code of their telephone where there is one. Plain forms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import second_factor, staff
from clicnjob.accounts.second_factor import Step, WrongCode
from clicnjob.accounts.staff import Device, WrongPassword
from clicnjob.accounts.waits import TooManyTries
from clicnjob.config import settings
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web import pending, slowing
from clicnjob.web.addresses import return_path
from clicnjob.web.arriving import landing
from clicnjob.web.bodies import form
from clicnjob.web.drawing import qr
from clicnjob.web.hashing import hash_apart
from clicnjob.web.known_device import known_device
from clicnjob.web.render import page
from clicnjob.web.signing_in import let_in

_STATUS: dict[type[Refusal], int] = {WrongPassword: 403, WrongCode: 403, TooManyTries: 429}
_NEXT = {Step.CODE: "/connexion/pro/code", Step.SET_UP: "/connexion/pro/double"}


async def door(request: Request) -> Response:
    """The form of professionals."""
    return password_page(back=return_path(request.query_params.get("retour", "/")))


async def by_password(request: Request) -> Response:
    """A login and its password."""
    fields = await form(request)
    login, back = fields.get("identifiant", ""), return_path(fields.get("retour", "/"))
    try:
        account = await hash_apart(request, _owner, login, fields.get("mot_de_passe", ""), known_device(request))
    except Refusal as refusal:
        await slowing.failed(request)
        return password_page(back=back, login=login, refusal=refusal)
    return await go_on(request, account, back)


async def go_on(request: Request, account: Account, back: str, *, known_twice: bool = False) -> Response:
    """After the password, or the provider: the second step where there is one (unless it was made there), or in."""
    step, answer = await run_in_threadpool(_next_step, account, back)
    if answer is None or known_twice:
        return await let_in(request, account, await run_in_threadpool(landing, account, back))
    return answer


async def code_page(request: Request) -> Response:
    """The code of the telephone is asked."""
    return await _with_pending(request, _ask_code)


async def by_code(request: Request) -> Response:
    """The code of the telephone, or a recovery code."""
    fields = await form(request)
    await slowing.slow(request)

    async def checked(account: Account, back: str) -> Response:
        try:
            await run_in_threadpool(_passed, account, fields.get("code", ""))
        except Refusal as refusal:
            await slowing.failed(request)
            return page("code.html", status=_STATUS.get(type(refusal), 400), mistake=refusal.sentence)
        answer = await let_in(request, account, await run_in_threadpool(landing, account, back))
        pending.stop(answer)
        return answer

    return await _with_pending(request, checked)


async def set_up_page(request: Request) -> Response:
    """The first time where it is required: a square to scan, and the first code."""
    return await _with_pending(request, _ask_set_up)


async def set_up(request: Request) -> Response:
    """The first right code lets in, and shows the recovery codes."""
    fields = await form(request)

    async def confirmed(account: Account, back: str) -> Response:
        try:
            codes = await run_in_threadpool(confirm, account, fields.get("code", ""))
        except Refusal as refusal:
            await slowing.failed(request)
            return await run_in_threadpool(set_up_form, account, "/connexion/pro/double", refusal)
        onward = await run_in_threadpool(landing, account, back)
        answer = await let_in(request, account, onward, page("codes_secours.html", codes=codes, onward=onward))
        pending.stop(answer)
        return answer

    return await _with_pending(request, confirmed)


def password_page(*, back: str, login: str = "", refusal: Refusal | None = None) -> Response:
    """The form, with what went wrong."""
    chosen = settings()
    return page(
        "pro.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        back=back,
        login=login[:100],
        mistake=refusal.sentence if refusal else "",
        outside=chosen.oidc_name if chosen.outside_sign_in else "",
    )


def set_up_form(account: Account, action: str, refusal: Refusal | None = None, proof: str = "") -> Response:
    """The square to scan and the box for the first code; the secret stays the same until it is confirmed."""
    with db.transaction() as session:
        address = second_factor.begin(session, account=account, now=models.now())
    return page(
        "double.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        drawing=qr(address),
        secret=second_factor.secret_of(address),
        action=action,
        proof=proof,
        mistake=refusal.sentence if refusal else "",
    )


def confirm(account: Account, code: str) -> tuple[str, ...]:
    """The recovery codes after the first right code. Raises WrongCode, TooManyTries, NotBegun."""
    with db.transaction() as session:
        codes = second_factor.confirm(session, account=account, code=code, now=models.now())
    if codes is None:
        raise WrongCode
    return codes


def _owner(login: str, password: str, device: Device | None) -> Account:
    now = models.now()
    with db.transaction() as session:
        attempt = staff.begin_try(session, login=login, device=device, now=now)
    if not attempt.fits(password):
        with db.transaction() as session:
            staff.note_failure(session, attempt, now=now)
        raise WrongPassword
    with db.transaction() as session:
        return staff.admit(session, attempt, now=now)


def _passed(account: Account, code: str) -> None:
    """The count of tries is committed before a wrong code is refused."""
    with db.transaction() as session:
        fits = second_factor.passes(session, account_id=account.id, code=code, now=models.now())
    if not fits:
        raise WrongCode


def _next_step(account: Account, back: str) -> tuple[Step, Response | None]:
    with db.reading() as session:
        step = second_factor.step(session, account)
        if step is Step.NONE:
            return step, None
        answer = RedirectResponse(_NEXT[step], 303)
        pending.start(answer, session, account, back=back)
        return step, answer


async def _with_pending(request: Request, doing: Callable[[Account, str], Awaitable[Response]]) -> Response:
    """What follows for whoever gave the password here; anybody else starts again."""

    def found() -> tuple[Account, str] | None:
        with db.reading() as session:
            return pending.waiting(request, session)

    waiting = await run_in_threadpool(found)
    return await doing(*waiting) if waiting else RedirectResponse("/connexion/pro", 303)


async def _ask_code(_account: Account, _back: str) -> Response:
    return page("code.html", mistake="")


async def _ask_set_up(account: Account, _back: str) -> Response:
    return await run_in_threadpool(set_up_form, account, "/connexion/pro/double")


ROUTES = [
    Route("/connexion/pro", door, methods=["GET"]),
    Route("/connexion/pro", by_password, methods=["POST"]),
    Route("/connexion/pro/code", code_page, methods=["GET"]),
    Route("/connexion/pro/code", by_code, methods=["POST"]),
    Route("/connexion/pro/double", set_up_page, methods=["GET"]),
    Route("/connexion/pro/double", set_up, methods=["POST"]),
]
