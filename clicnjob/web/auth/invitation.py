"""/invitation: with a one-time link, a professional chooses a login and a password.

The token is in the URL fragment (after « # »), like a card's number, so that no log, history or referrer contains it.
invitation.js copies it into the form; without JavaScript it can be pasted.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import invitations, staff
from clicnjob.accounts.invitations import Opening
from clicnjob.accounts.passwords import PasswordsDiffer, strong_password
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web.auth import professionals, slowing
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page


async def invitation_page(_request: Request) -> Response:
    """Show the box for the token, which the script fills and submits."""
    return render_page("invitation.html", mistake="")


async def answer_invitation(request: Request) -> Response:
    """Show the form for a token alone; with a login and a password too, open the account."""
    fields = await form_fields(request)
    token, login = _token_of(fields.get("jeton", "")), fields.get("identifiant", "")
    await slowing.slow_down(request)
    try:
        opening = await run_in_threadpool(_invitation_opening, token)
    except Refusal as refusal:
        await slowing.count_failure(request)
        return render_page("invitation.html", status=404, mistake=refusal.sentence)
    if "mot_de_passe" not in fields:
        return _invitation_form(opening, token)
    try:
        account = await hash_apart(request, _account_with_login, opening, token, login, fields)
    except Refusal as refusal:
        return _invitation_form(opening, token, login=login, refusal=refusal)
    return await professionals.go_on(request, account, "/")


def _invitation_form(opening: Opening, token: str, *, login: str = "", refusal: Refusal | None = None) -> Response:
    return render_page(
        "mot_de_passe.html",
        status=400 if refusal else 200,
        opening=opening,
        token=token,
        login=login[:100],
        mistake=refusal.sentence if refusal else "",
    )


def _invitation_opening(token: str) -> Opening:
    with db.read_transaction() as session:
        return invitations.invitation_opening(session, token, now=models.utc_now())


def _account_with_login(opening: Opening, token: str, login: str, fields: dict[str, str]) -> Account:
    """Check and hash the password before the transaction. Raises what passwords.py, staff.py and invitations.py raise."""
    password = fields.get("mot_de_passe", "")
    if password != fields.get("encore", ""):
        raise PasswordsDiffer
    sealed = staff.seal_password(strong_password(password, about=(*opening.known, login), place=opening.structure))
    with db.write_transaction() as session:
        return invitations.accept_invitation(session, token, login=login, sealed=sealed, now=models.utc_now())


def _token_of(typed: str) -> str:
    """Extract the token from a token or a whole link; anything else simply matches no invitation."""
    return typed.strip().rsplit("#", 1)[-1][:100]


ROUTES = [
    Route("/invitation", invitation_page, methods=["GET"]),
    Route("/invitation", answer_invitation, methods=["POST"]),
]
