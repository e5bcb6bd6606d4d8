"""Between the password and the code: a short-lived sealed cookie says who gave the right password. Nobody is in yet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from clicnjob import models, policy
from clicnjob.accounts import vault
from clicnjob.models import Account, OutsideIdentity, Password
from clicnjob.web.addresses import return_path
from clicnjob.web.cookies import delete_cookie, read_cookie, set_cookie

_COOKIE = "clicnjob-suite"
_PURPOSE = "second step"


@dataclass(frozen=True, slots=True)
class Pending:
    """Whose turn it is, and where they wanted to go. `mark` changes with the password: a reset ends the wait."""

    account_id: str
    mark: str
    back: str


def start(answer: Response, session: Session, account: Account, *, back: str) -> None:
    """Remember in this browser that `account` gave the right password."""
    said = json.dumps([account.id, _mark(session, account.id), back])
    sealed = vault.locked(_PURPOSE, said, now=models.now())
    set_cookie(answer, _COOKIE, sealed)


def waiting(request: Request, session: Session) -> tuple[Account, str] | None:
    """The account whose second step is awaited here and where it goes next; None when nobody's, or too late."""
    token = read_cookie(request, _COOKIE)
    said = vault.opened(_PURPOSE, token, now=models.now(), within=policy.SECOND_STEP_LASTS)
    if said is None:
        return None
    pending = Pending(*json.loads(said))
    account = session.get(Account, pending.account_id)
    if account is None or account.closed_at is not None or pending.mark != _mark(session, account.id):
        return None
    return account, return_path(pending.back)


def stop(answer: Response) -> None:
    """The step was made."""
    delete_cookie(answer, _COOKIE)


def _mark(session: Session, account_id: str) -> str:
    password, outside = session.get(Password, account_id), session.get(OutsideIdentity, account_id)
    said = f"{password.hash if password else ''}|{outside.subject if outside else ''}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
