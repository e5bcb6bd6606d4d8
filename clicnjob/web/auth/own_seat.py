"""Remembers, in a shared computer's browser, at which seat of a group session it stands, so that a partner sits there too.

The cookie holds an encrypted identifier of the seat, of nobody, and gives no access: who comes is let in by the trainer.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from clicnjob import models, workshop_policy
from clicnjob.accounts import vault
from clicnjob.web.auth.cookies import read_cookie, set_cookie

COOKIE = "clicnjob-siege"
_PURPOSE = "seat of this computer"


def remember_seat(answer: Response, seat_id: str) -> None:
    """Remember the seat of this computer until the browser closes or somebody says « J’ai fini »."""
    if seat_id:
        set_cookie(answer, COOKIE, vault.locked_text(_PURPOSE, seat_id, now=models.utc_now()))


def remembered_seat(request: Request) -> str:
    """Return the seat of this computer, '' when unknown, forged or from an earlier session."""
    token = read_cookie(request, COOKIE)
    within = workshop_policy.WORKSHOP_ENDS_AFTER
    return (vault.opened_text(_PURPOSE, token, now=models.utc_now(), within=within) or "") if token else ""
