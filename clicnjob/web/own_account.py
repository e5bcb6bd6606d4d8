"""/compte: a signed-in professional changes their password or their second factor, after giving the password again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import second_factor, staff, vault
from clicnjob.accounts.own_secret import WrongOwnPassword
from clicnjob.accounts.passwords import PasswordsDiffer, strong_password
from clicnjob.accounts.presence import Present
from clicnjob.accounts.second_factor import Standing, WrongCode
from clicnjob.accounts.staff import Try
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account
from clicnjob.web import gate, pro
from clicnjob.web.bodies import form
from clicnjob.web.render import page
from clicnjob.web.signing_in import let_in

HOME = "/mon-compte"
_PROOF = "password given again"
_STATUS: dict[type[Refusal], int] = {WrongCode: 403, TooManyTries: 429}


class TooLate(Refusal):
    """The password was given too long ago."""

    sentence = "Trop de temps a passé. Donnez encore votre mot de passe."


async def password_door(request: Request) -> Response:
    """The form of a new password."""

    async def shown(_me: Present) -> Response:
        return page("nouveau_mot_de_passe.html", mistake="")

    return await _for_me(request, shown)


async def new_password(request: Request) -> Response:
    """Every sign-in ends, this browser gets a fresh one."""
    fields = await form(request)

    async def changed(me: Present) -> Response:
        try:
            account = await run_in_threadpool(_change, me, fields)
        except Refusal as refusal:
            status = _STATUS.get(type(refusal), 400)
            return page("nouveau_mot_de_passe.html", status=status, mistake=refusal.sentence)
        return await let_in(request, account, HOME)

    return await _for_me(request, changed)


async def factor_door(request: Request) -> Response:
    """What can be done with the second factor."""

    async def shown(me: Present) -> Response:
        return _factor_page(await run_in_threadpool(_standing, me))

    return await _for_me(request, shown)


async def factor(request: Request) -> Response:
    """With the password: begin, fresh recovery codes, or stop; with a code: the new secret is confirmed."""
    fields = await form(request)
    doing = _confirmed if "code" in fields else _begun

    async def done(me: Present) -> Response:
        try:
            return await run_in_threadpool(doing, me, fields)
        except Refusal as refusal:
            return _factor_page(await run_in_threadpool(_standing, me), refusal)

    return await _for_me(request, done)


def _factor_page(standing: Standing, refusal: Refusal | None = None) -> Response:
    status = _STATUS.get(type(refusal), 400) if refusal else 200
    return page("ma_double.html", status=status, standing=standing, mistake=refusal.sentence if refusal else "")


def _change(me: Present, fields: dict[str, str]) -> Account:
    attempt = _again(me, fields.get("actuel", ""))
    password = fields.get("mot_de_passe", "")
    if password != fields.get("encore", ""):
        raise PasswordsDiffer
    with db.reading() as session:
        known = staff.known_of(session, _account(session.get(Account, me.id)))
    sealed = staff.seal(strong_password(password, about=known))
    with db.transaction() as session:
        return staff.change_password(session, attempt=attempt, sealed=sealed, now=models.now())


def _begun(me: Present, fields: dict[str, str]) -> Response:
    """The gesture asked for, once the password is right."""
    attempt = _again(me, fields.get("mot_de_passe", ""))
    now = models.now()
    with db.transaction() as session:
        account = staff.admit(session, attempt, now=now)
        if fields.get("geste") == "codes":
            codes = second_factor.renew_recovery_codes(session, account=account, now=now)
            return page("codes_secours.html", codes=codes, onward=HOME)
        if fields.get("geste") == "arreter":
            second_factor.remove(session, account=account, now=now)
            return RedirectResponse(HOME, 303)
    return pro.set_up_form(account, "/compte/double", proof=vault.locked(_PROOF, account.id, now=now))


def _confirmed(me: Present, fields: dict[str, str]) -> Response:
    proof = fields.get("preuve", "")
    if vault.opened(_PROOF, proof, now=models.now(), within=policy.SECOND_STEP_LASTS) != me.id:
        raise TooLate
    with db.reading() as session:
        account = _account(session.get(Account, me.id))
    try:
        codes = pro.confirm(account, fields.get("code", ""))
    except (WrongCode, TooManyTries) as refusal:
        return pro.set_up_form(account, "/compte/double", refusal, proof)
    return page("codes_secours.html", codes=codes, onward=HOME)


def _again(me: Present, password: str) -> Try:
    """One's password, given again and right: counted like any try. Raises WrongOwnPassword, TooManyTries."""
    with db.transaction() as session:
        attempt = staff.begin_own_try(session, account_id=me.id, now=models.now())
    if not attempt.fits(password):
        raise WrongOwnPassword
    return attempt


def _standing(me: Present) -> Standing:
    with db.reading() as session:
        return second_factor.standing(session, _account(session.get(Account, me.id)))


def _account(found: Account | None) -> Account:
    assert found is not None  # who is present has an account
    return found


async def _for_me(request: Request, doing: Callable[[Present], Awaitable[Response]]) -> Response:
    me = await run_in_threadpool(gate.recognised, request)
    if me is None or not me.roles & STAFF_ROLES:
        return RedirectResponse("/connexion/pro", 303)
    return RedirectResponse(f"{gate.WAKING}?retour={HOME}", 303) if me.asleep else await doing(me)


ROUTES = [
    Route("/compte/mot-de-passe", password_door, methods=["GET"]),
    Route("/compte/mot-de-passe", new_password, methods=["POST"]),
    Route("/compte/double", factor_door, methods=["GET"]),
    Route("/compte/double", factor, methods=["POST"]),
]
