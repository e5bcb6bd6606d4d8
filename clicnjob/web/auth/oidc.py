"""/connexion/oidc: sign-in of a professional through an external identity provider. Accounts and sign-ins stay ours."""

from __future__ import annotations

import hmac
import json
from dataclasses import astuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import outside, vault
from clicnjob.config import settings
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web.auth import provider, slowing
from clicnjob.web.auth.cookies import delete_cookie, read_cookie, set_cookie
from clicnjob.web.auth.professionals import go_on, password_page
from clicnjob.web.auth.provider import Asked, Identity, NotProven
from clicnjob.web.render import page

_COOKIE = "clicnjob-oidc"
_PURPOSE = "oidc"


async def there(request: Request) -> Response:
    """Redirect to the provider's page."""
    if not settings().outside_sign_in:
        return page("introuvable.html", status=404)
    try:
        address, asked = await run_in_threadpool(provider.way_there, redirect_to=_back_here(request))
    except Refusal as refusal:
        return password_page(back="/", refusal=refusal)
    answer = RedirectResponse(address, 303)
    sealed = vault.locked(_PURPOSE, json.dumps(astuple(asked)), now=models.now())
    # Lax: the provider's redirect comes from another site, and browsers would not send a strict cookie with it.
    set_cookie(answer, _COOKIE, sealed, same_site="lax")
    return answer


async def back(request: Request) -> Response:
    """Handle the redirect from the provider. Our page opens the next one, so that the strict cookie is sent with it."""
    if not settings().outside_sign_in:
        return page("introuvable.html", status=404)
    await slowing.slow(request)
    try:
        account, strong = await run_in_threadpool(_came, request)
    except Refusal as refusal:
        await slowing.failed(request)
        answer = password_page(back="/", refusal=refusal)
    else:
        led = await go_on(request, account, "/", known_twice=strong)
        answer = page("retour.html", onward=led.headers["location"])
        answer.raw_headers += [(name, value) for name, value in led.raw_headers if name == b"set-cookie"]
    delete_cookie(answer, _COOKIE)
    return answer


def _came(request: Request) -> tuple[Account, bool]:
    sealed = read_cookie(request, _COOKIE)
    said = vault.opened(_PURPOSE, sealed, now=models.now(), within=policy.OUTSIDE_SIGN_IN_LASTS)
    state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    asked = Asked(*json.loads(said)) if said else None
    if asked is None or not code or not hmac.compare_digest(asked.state.encode(), state.encode()):
        raise NotProven
    who: Identity = provider.who_came(code[:4_096], asked, redirect_to=_back_here(request), now=models.now())
    with db.transaction() as session:
        account = outside.admit(session, issuer=who.issuer, subject=who.subject, email=who.email, now=models.now())
    return account, who.strong


def _back_here(request: Request) -> str:
    here = settings().public_url or str(request.base_url)
    return f"{here.rstrip('/')}/connexion/oidc/retour"


ROUTES = [
    Route("/connexion/oidc", there, methods=["GET"]),
    Route("/connexion/oidc/retour", back, methods=["GET"]),
]
