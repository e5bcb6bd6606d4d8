"""Cards to print, eight a page. A code exists only here: it is made with the paper, and the one before is void."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import segno
from sqlmodel import Session, col, select

from clicnjob import audit, typeset
from clicnjob.accounts import cards, codes
from clicnjob.cohort import enrolment
from clicnjob.errors import Refusal
from clicnjob.models import Account, Actor, Organisation

_SHEET = "_common/cartes.typ"
_HELP = ("Ouvre le site écrit en bas.", "Recopie ce numéro.", "Choisis un code secret de 6 chiffres.")


class NoCardToPrint(Refusal):
    """Everybody already chose a secret code: a new card would lock them out."""

    sentence = "Il n’y a pas de carte à imprimer : ces jeunes sont déjà venus."


def printed(session: Session, account_ids: Sequence[str], *, by: Actor, address: str, now: datetime) -> bytes:
    """A PDF of fresh cards for those of `account_ids` who never came; `address` is where the app is.

    Raises MayNotEnrol, NoCardToPrint. People of another structure are left out like unknown ones.
    """
    ids = enrolment.never_came(session, of=by, account_ids=account_ids)
    if not ids:
        raise NoCardToPrint
    people = {account.id: account for account in session.exec(select(Account).where(col(Account.id).in_(ids)))}
    made = [_card(session, people[account_id], by=by, address=address, now=now) for account_id in ids]
    structure = session.get(Organisation, by.organisation_id)
    data = {
        "cards": made,
        "help": _HELP,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "structure": structure.name if structure else "",
        "look": {"fallbacks": typeset.FALLBACK_FONTS},
    }
    return typeset.pdf(_SHEET, data)


def _card(session: Session, account: Account, *, by: Actor, address: str, now: datetime) -> dict[str, str]:
    code = cards.issue(session, account=account, now=now)
    audit.note(session, by=by, act="card printed", whom_id=account.id, now=now)
    name = "".join(c for c in f"{account.first_name} {account.last_name}" if c not in typeset.uncovered(c))
    return {"name": name, "number": codes.shown(code), "qr": _qr(codes.scanned(code, address=address))}


def _qr(content: str) -> str:
    """The drawing as SVG."""
    drawn = io.BytesIO()
    segno.make(content, error="m").save(drawn, kind="svg", border=0, scale=4, xmldecl=False)
    return drawn.getvalue().decode()
