"""Recognises browsers where a professional signed in before. Failed tries there are counted separately, so that an
attacker elsewhere cannot lock the professional out.

The cookie holds encrypted identifiers and no name. It is set only after a full sign-in of a professional, and deleted as
soon as a young person or a guest signs in or out here: a shared computer belongs to nobody.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clicnjob import models, policy
from clicnjob.accounts import vault
from clicnjob.accounts.staff import Device
from clicnjob.models import STAFF_ROLES, Account
from clicnjob.web import COOKIE
from clicnjob.web.auth import own_seat
from clicnjob.web.auth.cookies import delete_cookie, read_cookie, set_cookie
from clicnjob.web.render import render_page

NAME = "clicnjob-poste"
_PURPOSE = "known device"
_EVERYTHING = '"cookies", "storage"'


def known_device(request: Request) -> Device | None:
    """Return whose known browser this is; None without a cookie, or for an expired or forged one."""
    token = read_cookie(request, NAME)
    said = vault.opened_text(_PURPOSE, token, now=models.utc_now(), within=policy.KNOWN_DEVICE_LASTS) if token else None
    return Device(*json.loads(said)) if said else None


def remember_device(request: Request, answer: Response, account: Account | None) -> None:
    """Remember this browser after the sign-in of a professional; forget it after that of anybody else."""
    if account is None or account.role not in STAFF_ROLES:
        if read_cookie(request, NAME):
            delete_cookie(answer, NAME)
        return
    before = known_device(request)
    mark = before.mark if before and before.account_id == account.id else models.random_id()
    sealed = vault.locked_text(_PURPOSE, json.dumps([account.id, mark]), now=models.utc_now())
    set_cookie(answer, NAME, sealed, lasts=policy.KNOWN_DEVICE_LASTS)


def clear_browser(answer: Response, *, staff: bool) -> None:
    """Clear this browser's cookies and storage at the end of a visit; a professional's known-device cookie stays."""
    answer.headers["Clear-Site-Data"] = '"storage"' if staff else _EVERYTHING
    for name in (
        (COOKIE,) if staff else (COOKIE, NAME, own_seat.COOKIE)
    ):  # browsers ignore Clear-Site-Data without https
        delete_cookie(answer, name)


async def forget_device(_request: Request) -> Response:
    """Handle « Oublier ce navigateur », for a professional who leaves a shared computer."""
    answer = render_page("sortie.html", staff=True, known=False, card=False, took_file=False, shared=False)
    clear_browser(answer, staff=False)
    return answer


ROUTES = [Route("/sortie/oublier", forget_device, methods=["POST"])]
