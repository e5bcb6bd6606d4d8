"""« J’ai fini » of a guest whose work would be lost: one question, with the work as a file, or kept with a card.

Leaving stays one click more at most, and no answer is needed: a visit left idle on this page ends as usual.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import cards, own_cards, presence, tickets
from clicnjob.accounts.own_cards import NewCard
from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.privacy.export import leaving_work
from clicnjob.privacy.export.leaving_work import WorkAtRisk
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.auth.signing_in import PinsDiffer, let_in
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page


def leaving_question(person: Present) -> Response | None:
    """Return the page that asks; None when nothing would be lost, or when the guest may be gone (a sleeping visit)."""
    if person.asleep:
        return None
    risk = _work_at_risk(person)
    if risk is None:
        return None
    with_card = own_cards.may_make_own_card(person)
    lost = "page" if risk.only_page else "cv" if risk.cv_id else "work"
    return render_page("sortie_garder.html", visit=person.visit, lost=lost, with_card=with_card)


def may_lose_work(person: Present) -> bool:
    """Whether a guest has work that no file holds and that the end of their visit would delete."""
    return _work_at_risk(person) is not None


async def take_work(request: Request) -> Response:
    """Send the browser to the file that holds the work: the CV as a PDF, or everything when there is no CV."""
    person = await _guest_here(request)
    if person is None:
        return RedirectResponse("/sortie", 303)
    return RedirectResponse(f"/document/{await run_in_threadpool(_ticket_of_work, person)}", 303)


async def card_form(request: Request) -> Response:
    """Show the form that asks for the PIN of a new card."""
    person = await _guest_here(request)
    if person is None or not own_cards.may_make_own_card(person):
        return RedirectResponse("/", 303)
    return render_page("sortie_carte.html", mistake="")


async def make_card(request: Request) -> Response:
    """Keep the guest's work with a new card, sign its owner in, and show the number, once."""
    fields = await form_fields(request)
    person = await _guest_here(request)
    if person is None:
        return RedirectResponse("/", 303)
    try:
        card = await hash_apart(request, _new_card, fields.get("code", ""), fields.get("encore", ""))
        account = await run_in_threadpool(_keep_with_card, person, card)
    except Refusal as refusal:
        return render_page("sortie_carte.html", status=400, mistake=refusal.sentence)
    shown = render_page("carte_faite.html", number=cards.printed_code(card.code))
    return await let_in(request, account, "/", shown, card=card.code)


async def _guest_here(request: Request) -> Present | None:
    """Return the guest signed in at this browser, awake; None for anybody else."""
    person = await run_in_threadpool(gate.recognised_person, request)
    return person if person and person.role is models.Role.GUEST and not person.asleep else None


def _work_at_risk(person: Present) -> WorkAtRisk | None:
    with db.read_transaction() as session:
        taken_at = presence.work_taken_at(session, person.sign_in_id)
        return leaving_work.work_at_risk(session, of=person, taken_at=taken_at)


def _ticket_of_work(person: Present) -> str:
    with db.write_transaction() as session:
        risk = leaving_work.work_at_risk(session, of=person, taken_at=None)
        document, work_id = (risk.document, risk.cv_id) if risk else ("work", "")
        return tickets.issue_ticket(session, present=person, document=document, work_id=work_id, now=models.utc_now())


def _new_card(pin: str, again: str) -> NewCard:
    if pin != again:
        raise PinsDiffer
    return own_cards.new_card(pin)


def _keep_with_card(person: Present, card: NewCard) -> Account:
    with db.write_transaction() as session:
        risk = leaving_work.work_at_risk(session, of=person, taken_at=None)
        first, last = (risk.first_name, risk.last_name) if risk else ("", "")
        return own_cards.keep_with_card(
            session, by=person, card=card, first_name=first, last_name=last, now=models.utc_now()
        )


ROUTES = [
    Route("/sortie/emporter", take_work, methods=["POST"]),
    Route("/sortie/carte", card_form, methods=["GET"]),
    Route("/sortie/carte", make_card, methods=["POST"]),
]
