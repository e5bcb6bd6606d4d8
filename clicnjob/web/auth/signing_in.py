"""/connexion: sign-in with a card and its PIN, or as a guest, by plain forms. Professionals sign in at pro.py."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import cards, people, presence
from clicnjob.accounts.cards import WrongCard
from clicnjob.accounts.codes import TypingError
from clicnjob.accounts.people import TooManyGuests
from clicnjob.accounts.waits import TooManyTries
from clicnjob.errors import Refusal
from clicnjob.models import Account
from clicnjob.web import COOKIE
from clicnjob.web.addresses import return_path
from clicnjob.web.auth import guests, slowing
from clicnjob.web.auth.browsers import browser_words
from clicnjob.web.auth.cookies import set_cookie
from clicnjob.web.auth.hashing import hash_apart
from clicnjob.web.auth.known_device import remember_device
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page

_STATUS: dict[type[Refusal], int] = {WrongCard: 403, TooManyTries: 429, TooManyGuests: 429}


class PinsDiffer(Refusal):
    """The two PINs typed are not the same."""

    sentence = "Les deux codes ne sont pas pareils. Écris deux fois le même."


async def sign_in_choices(request: Request) -> Response:
    """Show the choice of card or guest, with a warning when somebody is still signed in at this browser."""
    someone = await run_in_threadpool(gate.recognised_person, request)
    return _choices_page(
        back=return_path(request.query_params.get("retour", "/")), someone=someone.visit if someone else ""
    )


async def by_card(request: Request) -> Response:
    """Sign in with a card and its PIN; a new card leads to the choice of a PIN."""
    fields = await form_fields(request)
    number, back = fields.get("numero", ""), return_path(fields.get("retour", "/"))
    try:
        code = cards.read_code(number)
        account = await hash_apart(request, _card_owner, code, fields.get("code", ""))
        if account is None:
            return render_page("code_secret.html", number=cards.printed_code(code), back=back, mistake="")
        return await let_in(request, account, back, card=code)
    except Refusal as refusal:
        if type(refusal) in _STATUS:
            await slowing.count_failure(request)
        return _choices_page(back=back, refusal=refusal, number=number[:40])


async def choose_pin(request: Request) -> Response:
    """Set the PIN of a card at its first use, from a PIN typed twice."""
    fields = await form_fields(request)
    number, back = fields.get("numero", ""), return_path(fields.get("retour", "/"))
    try:
        code = cards.read_code(number)
        account = await hash_apart(request, _first_owner, code, fields.get("code", ""), fields.get("encore", ""))
        return await let_in(request, account, back, card=code)
    except (WrongCard, TypingError, cards.CardRunOut) as refusal:
        if isinstance(refusal, WrongCard):
            await slowing.count_failure(request)
        return _choices_page(back=back, refusal=refusal)
    except Refusal as refusal:
        return render_page("code_secret.html", status=400, number=number, back=back, mistake=refusal.sentence)


async def as_guest(request: Request) -> Response:
    """Sign in without a card, with an account that is deleted when the visit ends."""
    try:
        guests.count_guest(request)
        return await let_in(request, None, "/")
    except TooManyGuests as refusal:
        return _choices_page(back="/", refusal=refusal)


def _card_owner(code: str, pin: str) -> Account | None:
    """Return the owner when the PIN is right, None when the card has no PIN yet. Raises what cards.py raises."""
    with db.read_transaction() as session:
        if cards.first_use(session, code=code, now=models.utc_now()):
            return None
    with db.write_transaction() as session:
        attempt = cards.begin_try(session, code=code, now=models.utc_now())
    if not attempt.secret_fits(pin):
        raise WrongCard
    with db.write_transaction() as session:
        return cards.admit_card_holder(session, attempt)


def _first_owner(code: str, pin: str, again: str) -> Account:
    if pin != again:
        raise PinsDiffer
    with db.write_transaction() as session:
        return cards.choose_pin(session, code=code, pin=pin, now=models.utc_now())


async def let_in(
    request: Request, account: Account | None, back: str, answer: Response | None = None, *, card: str = ""
) -> Response:
    """Start a sign-in (of a new guest when `account` is None), after ending the one that this browser had.

    Returns a redirect to `back`, or `answer` with the cookie added. `card` is the number typed by a young person.
    """
    words = browser_words(request.headers.get("user-agent", ""))
    fresh = await run_in_threadpool(_begin_visit, account, gate.sign_in_token(request), card, *words)
    answer = answer or RedirectResponse(back, 303)
    set_cookie(answer, COOKIE, fresh)
    remember_device(request, answer, account)
    return answer


def _begin_visit(account: Account | None, earlier: str, card: str, browser: str, computer: str) -> str:
    now = models.utc_now()
    with db.write_transaction() as session:
        if earlier:
            people.leave_for_good(session, earlier, reason="another", now=now)
        whom = account or people.add_guest(session, now=now)
        return presence.begin_sign_in(session, account=whom, card=card, browser=browser, computer=computer, now=now)


def _choices_page(*, back: str, someone: str = "", refusal: Refusal | None = None, number: str = "") -> Response:
    return render_page(
        "connexion.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        back=back,
        someone=someone,
        mistake=refusal.sentence if refusal else "",
        number=number,
    )


ROUTES = [
    Route("/connexion", sign_in_choices, methods=["GET"]),
    Route("/connexion", by_card, methods=["POST"]),
    Route("/connexion/code-secret", choose_pin, methods=["POST"]),
    Route("/connexion/essai", as_guest, methods=["POST"]),
]
