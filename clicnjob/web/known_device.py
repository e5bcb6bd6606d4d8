"""The browsers where a professional came in before: their tries are counted apart, so that nobody elsewhere locks them out.

The cookie holds sealed identifiers and no name. It is given after a full sign-in of a professional only, and it goes as
soon as a young person or a guest comes in or leaves at this browser: a shared computer is nobody's device.
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
from clicnjob.web.cookies import delete_cookie, read_cookie, set_cookie
from clicnjob.web.render import page

NAME = "clicnjob-poste"
_PURPOSE = "known device"
_EVERYTHING = '"cookies", "storage"'


def known_device(request: Request) -> Device | None:
    """Whose browser this is, as far as it may be believed; None for a stranger's or a forged one."""
    token = read_cookie(request, NAME)
    said = vault.opened(_PURPOSE, token, now=models.now(), within=policy.KNOWN_DEVICE_LASTS) if token else None
    return Device(*json.loads(said)) if said else None


def remember_device(request: Request, answer: Response, account: Account | None) -> None:
    """Remember the browser after a professional came in; forget it after anybody else."""
    if account is None or account.role not in STAFF_ROLES:
        if read_cookie(request, NAME):
            delete_cookie(answer, NAME)
        return
    before = known_device(request)
    mark = before.mark if before and before.account_id == account.id else models.random_id()
    sealed = vault.locked(_PURPOSE, json.dumps([account.id, mark]), now=models.now())
    set_cookie(answer, NAME, sealed, lasts=policy.KNOWN_DEVICE_LASTS)


def clear_browser(answer: Response, *, staff: bool) -> None:
    """Have the browser forget everything at the end of a visit; of a professional it keeps that it is theirs."""
    answer.headers["Clear-Site-Data"] = '"storage"' if staff else _EVERYTHING
    for name in (COOKIE,) if staff else (COOKIE, NAME):  # browsers only heed the header over https
        delete_cookie(answer, name)


async def forget_device(_request: Request) -> Response:
    """« Oublier ce navigateur », after a professional left a computer that others use."""
    answer = page("sortie.html", staff=True, known=False, card=False, took_file=False)
    clear_browser(answer, staff=False)
    return answer


ROUTES = [Route("/sortie/oublier", forget_device, methods=["POST"])]
