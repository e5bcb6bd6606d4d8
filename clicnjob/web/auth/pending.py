"""The state between a professional's password and second step: an encrypted, short-lived cookie."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from clicnjob import models, policy
from clicnjob.accounts import second_factor, staff, vault
from clicnjob.accounts.second_factor import SignInStep
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web.addresses import return_path
from clicnjob.web.auth.cookies import delete_cookie, read_cookie, set_cookie

_COOKIE = "clicnjob-suite"
_PURPOSE = "awaited step"


@dataclass(frozen=True, slots=True)
class Pending:
    """The account, the step expected next and the page requested; `mark` is `second_factor.sequence_mark` at that time."""

    account_id: str
    step: str
    mark: str
    back: str


def start_pending(answer: Response, session: Session, account: Account, *, step: SignInStep, back: str) -> None:
    """Remember in this browser that `account` gave the right password and that `step` comes next."""
    said = Pending(account.id, step, second_factor.sequence_mark(session, account.id), back)
    set_cookie(answer, _COOKIE, vault.locked_text(_PURPOSE, json.dumps(astuple(said)), now=models.utc_now()))


def pending_account(request: Request, session: Session, step: SignInStep) -> tuple[Account, str] | None:
    """Return (account, page to open next) when this browser is expected to take `step`, else None.

    The database is asked at each request: a step already taken, a new password or telephone, a closed account or too
    long a delay all void the cookie.
    """
    token = read_cookie(request, _COOKIE)
    said = vault.opened_text(_PURPOSE, token, now=models.utc_now(), within=policy.SECOND_STEP_LASTS)
    if said is None:
        return None
    pending = Pending(*json.loads(said))
    account = session.get(Account, pending.account_id)
    if account is None or pending.step != step or second_factor.next_sign_in_step(session, account) is not step:
        return None
    if pending.mark != second_factor.sequence_mark(session, account.id):
        return None
    try:
        staff.still_in(session, account, now=models.utc_now())
    except Refusal:
        return None
    return account, return_path(pending.back)


def stop_pending(answer: Response) -> None:
    """Delete the cookie once the step is taken."""
    delete_cookie(answer, _COOKIE)
