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
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web.auth import provider, slowing
from clicnjob.web.auth.cookies import delete_cookie, read_cookie, set_cookie
from clicnjob.web.auth.professionals import go_on, password_page
from clicnjob.web.auth.provider import Identity, NotProven, ProviderRequest
from clicnjob.web.render import render_page

_COOKIE = "clicnjob-oidc"
_PURPOSE = "oidc"


async def go_to_provider(request: Request) -> Response:
    """Redirect to the provider's page."""
    if not current_settings().outside_sign_in:
        return render_page("introuvable.html", status=404)
    try:
        address, asked = await run_in_threadpool(provider.way_there, redirect_to=_back_here(request))
    except Refusal as refusal:
        return password_page(back="/", refusal=refusal)
    answer = RedirectResponse(address, 303)
    sealed = vault.locked_text(_PURPOSE, json.dumps(astuple(asked)), now=models.utc_now())
    # Lax: the provider's redirect comes from another site, and browsers would not send a strict cookie with it.
    set_cookie(answer, _COOKIE, sealed, same_site="lax")
    return answer


async def come_back(request: Request) -> Response:
    """Handle the redirect from the provider. Our page opens the next one, so that the strict cookie is sent with it."""
    if not current_settings().outside_sign_in:
        return render_page("introuvable.html", status=404)
    await slowing.slow_down(request)
    try:
        account, strong = await run_in_threadpool(_account_coming_back, request)
    except Refusal as refusal:
        await slowing.count_failure(request)
        answer = password_page(back="/", refusal=refusal)
    else:
        led = await go_on(request, account, "/", known_twice=strong)
        answer = render_page("retour.html", onward=led.headers["location"])
        answer.raw_headers += [(name, value) for name, value in led.raw_headers if name == b"set-cookie"]
    delete_cookie(answer, _COOKIE)
    return answer


def _account_coming_back(request: Request) -> tuple[Account, bool]:
    sealed = read_cookie(request, _COOKIE)
    said = vault.opened_text(_PURPOSE, sealed, now=models.utc_now(), within=policy.OUTSIDE_SIGN_IN_LASTS)
    state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    asked = ProviderRequest(*json.loads(said)) if said else None
    if asked is None or not code or not hmac.compare_digest(asked.state.encode(), state.encode()):
        raise NotProven
    who: Identity = provider.who_came(code[:4_096], asked, redirect_to=_back_here(request), now=models.utc_now())
    with db.write_transaction() as session:
        account = outside.admit_outside_account(
            session, issuer=who.issuer, subject=who.subject, email=who.email, now=models.utc_now()
        )
    return account, who.strong


def _back_here(request: Request) -> str:
    here = current_settings().public_url or str(request.base_url)
    return f"{here.rstrip('/')}/connexion/oidc/retour"


ROUTES = [
    Route("/connexion/oidc", go_to_provider, methods=["GET"]),
    Route("/connexion/oidc/retour", come_back, methods=["GET"]),
]
