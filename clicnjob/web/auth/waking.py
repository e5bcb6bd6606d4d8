"""/c-est-moi: wakes a sleeping visit by its PIN or password, from a plain form or from the veil over an open page.

The page shows nothing of the person, not even a name. A visit sleeps after some minutes without activity, or two
minutes after its last tab has gone, so that a restored, crashed or closed browser gives no access.
"""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import own_secret, presence
from clicnjob.accounts.own_secret import NothingToAsk, OwnSecret, WrongOwnPassword, WrongOwnPin
from clicnjob.accounts.presence import Present
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Role
from clicnjob.web.addresses import return_path
from clicnjob.web.auth import slowing, staying
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page

_STATUS: dict[type[Refusal], int] = {WrongOwnPin: 403, WrongOwnPassword: 403, TooManyTries: 429}


async def waking_page(request: Request) -> Response:
    """Show the page that asks for the secret."""
    back = return_path(request.query_params.get("retour", "/"))
    person = await run_in_threadpool(gate.recognised_person, request)
    return await _nothing_to_wake(person, back) or await _asking_page(person, back)


async def take_secret(request: Request) -> Response:
    """Check the secret: the right one wakes the visit, a wrong one counts like a failed sign-in."""
    fields = await form_fields(request)
    back, in_place = return_path(fields.get("retour", "/")), "json" in request.headers.get("accept", "")
    person = await run_in_threadpool(gate.recognised_person, request)
    if person is not None and person.asleep and person.role is not Role.GUEST:
        try:
            person = await hash_apart(request, _wake_visit, person, gate.sign_in_token(request), fields.get("code", ""))
        except Refusal as refusal:
            await slowing.count_failure(request)
            status = _STATUS.get(type(refusal), 400)
            if in_place:
                return JSONResponse({"mistake": refusal.sentence}, status)
            return await _asking_page(person, back, refusal)
    if in_place:
        return await run_in_threadpool(staying.visit_state, person) if person else JSONResponse({}, 401)
    return await _nothing_to_wake(person, back) or await _asking_page(person, back)


async def _nothing_to_wake(person: Present | None, back: str) -> Response | None:
    """Return where to go when there is nothing to ask: nobody is here, the visit is awake, or a guest has no secret."""
    if person is None:
        return RedirectResponse("/connexion", 303)
    if not person.asleep:
        return RedirectResponse(back, 303)
    return RedirectResponse("/sortie", 303) if person.role is Role.GUEST else None


async def _asking_page(person: Present | None, back: str, refusal: Refusal | None = None) -> Response:
    assert person is not None
    kind = await run_in_threadpool(_secret_kind, person)
    mistake = "" if refusal is None or isinstance(refusal, NothingToAsk) else refusal.sentence
    status = _STATUS.get(type(refusal), 400) if refusal else 200
    return render_page(
        "c_est_moi.html",
        status=status,
        kind=kind.value,
        staff=bool(person.roles & STAFF_ROLES),
        back=back,
        mistake=mistake,
    )


def _secret_kind(person: Present) -> OwnSecret:
    with db.read_transaction() as session:
        return own_secret.own_secret(session, of=person)


def _wake_visit(person: Present, token: str, typed: str) -> Present:
    now = models.utc_now()
    own_secret.prove_own_secret(person, token, typed, now=now)
    with db.write_transaction() as session:
        presence.wake_sign_in(session, person.sign_in_id, acted=True, now=now)
    return replace(person, asleep=False, idle_end_at=now + presence.sign_in_limits(person.role).idle)


ROUTES = [
    Route(gate.WAKING, waking_page, methods=["GET"]),
    Route(gate.WAKING, take_secret, methods=["POST"]),
]
