"""The mark of an open sheet in the address: it survives F5 and Back, names nobody, and ends with the sign-in.

It is a digest of the sign-in and the account, so that no history or log of a shared computer tells whose sheet was open,
and another sign-in cannot follow it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from sqlmodel import Session, col, select

from clicnjob.cohort import permissions
from clicnjob.models import Account, Actor

_MARK = re.compile(r"[0-9a-f]{24}")


def sheet_mark(sign_in_id: str, account_id: str) -> str:
    """Return the mark of somebody's sheet in this sign-in."""
    return hashlib.sha256(f"fiche·{sign_in_id}·{account_id}".encode()).hexdigest()[:24]


def person_of_mark(session: Session, *, of: Actor, sign_in_id: str, mark: str, today: date) -> str:
    """Return the account of a mark among the people whom the actor may read, or ''. One query. Raises FollowsNobody."""
    if not _MARK.fullmatch(mark):
        return ""
    ids = session.exec(select(Account.id).where(permissions.may_be_read(of, today=today)).order_by(col(Account.id)))
    return next((account_id for account_id in ids if sheet_mark(sign_in_id, account_id) == mark), "")
