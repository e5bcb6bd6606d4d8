"""Printable cards, eight a page. A card's code is generated with the PDF and exists nowhere else in clear."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import segno
from sqlalchemy import update
from sqlmodel import Session, col, select

from clicnjob import audit, policy, typeset
from clicnjob.accounts import cards, codes, reauthentication
from clicnjob.accounts.reauthentication import Proof
from clicnjob.cohort.importing import enrolment
from clicnjob.errors import Refusal
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import Account, Actor, Card, Organisation

NAME = "cartes.pdf"
_SHEET = "_common/cartes.typ"
HELP = ("Ouvre le site écrit en bas.", "Recopie ce numéro.", "Choisis un code secret de 6 chiffres.")


class NoCardToPrint(Refusal):
    """All these people have chosen a PIN already, and a new card would lock them out."""

    sentence = "Il n’y a pas de carte à imprimer : ces jeunes sont déjà venus."


class CardsInUse(Refusal):
    """Some of these people may hold a valid card, which must be cancelled explicitly before a new one is printed."""

    sentence = "Des cartes déjà données ne marcheraient plus. Annulez-les d’abord, puis imprimez."


@dataclass(frozen=True, slots=True)
class CardGiven:
    """A person of an import whose card was made but not used yet."""

    id: str
    first_name: str
    last_name: str


def cards_given(session: Session, *, of: Actor, batch_id: str, now: datetime) -> tuple[CardGiven, ...]:
    """List the people whose cards a reprint of this import would cancel, by name. Raises MayNotEnrol."""
    return _given_cards(session, enrolment.never_came(session, of=of, batch_id=batch_id), now=now)


def people_with_cards(
    session: Session, *, of: Actor, account_ids: Sequence[str], now: datetime
) -> tuple[CardGiven, ...]:
    """List those of these people who hold a card that was not used yet. Raises MayNotEnrol."""
    return _given_cards(session, enrolment.never_came(session, of=of, account_ids=account_ids), now=now)


def cancel_cards(session: Session, *, by: Actor, batch_id: str, proof: Proof | None, now: datetime) -> int:
    """Void the unused cards of an import. Returns how many. Raises MayNotEnrol, ProofNeeded."""
    given = cards_given(session, of=by, batch_id=batch_id, now=now)
    reauthentication.check_proof(by, proof, now=now)
    theirs = col(Card.account_id).in_([one.id for one in given])
    session.exec(update(Card).where(theirs, col(Card.voided_at).is_(None)).values(voided_at=now))
    for one in given:
        audit.note_act(session, by=by, act="card cancelled", whom_id=one.id, now=now)
    return len(given)


def printed_cards(
    session: Session, account_ids: Sequence[str], *, by: Actor, address: str, now: datetime
) -> FileToBuild:
    """Return a PDF of new cards for those of `account_ids` who never came; `address` is the app's public URL.

    Its notes log each card. People of another structure are left out like unknown ones. Raises MayNotEnrol,
    NoCardToPrint, CardsInUse.
    """
    ids = enrolment.never_came(session, of=by, account_ids=account_ids)
    if not ids:
        raise NoCardToPrint
    if _given_cards(session, ids, now=now):
        raise CardsInUse
    people = {account.id: account for account in session.exec(select(Account).where(col(Account.id).in_(ids)))}
    made = [_card_data(session, people[account_id], address=address, now=now) for account_id in ids]
    structure = session.get(Organisation, by.organisation_id)
    data = {
        "cards": made,
        "help": HELP,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "structure": structure.name if structure else "",
        "look": {"fallbacks": typeset.FALLBACK_FONTS},
    }
    return FileToBuild(
        NAME, PDF, partial(typeset.sheet_pdf, _SHEET, data), (partial(_note_printed, by=by, ids=tuple(ids), now=now),)
    )


def _given_cards(session: Session, ids: Sequence[str], *, now: datetime) -> tuple[CardGiven, ...]:
    """Return those of these people who have a card that can still be activated."""
    query = (
        select(Account)
        .join(Card, col(Card.account_id) == col(Account.id))
        .where(
            col(Account.id).in_(ids),
            col(Card.voided_at).is_(None),
            col(Card.pin_hash).is_(None),
            col(Card.created_at) > now - policy.FIRST_CARD_LASTS,
        )
    )
    rows = session.exec(query.order_by(Account.last_name, Account.first_name, Account.id))
    return tuple(CardGiven(one.id, one.first_name, one.last_name) for one in rows)


def _note_printed(session: Session, *, by: Actor, ids: Sequence[str], now: datetime) -> None:
    for account_id in ids:
        audit.note_act(session, by=by, act="card printed", whom_id=account_id, now=now)


def _card_data(session: Session, account: Account, *, address: str, now: datetime) -> dict[str, str]:
    code = cards.issue_card(session, account=account, now=now)
    return {
        "name": f"{account.first_name} {account.last_name}",
        "number": codes.printed_code(code),
        "qr": _qr_drawing(codes.qr_code_text(code, address=address)),
    }


def _qr_drawing(content: str) -> str:
    """Return the QR code as SVG."""
    drawn = io.BytesIO()
    segno.make(content, error="m").save(drawn, kind="svg", border=0, scale=4, xmldecl=False)
    return drawn.getvalue().decode()
