"""/tour: one leaves the computer to a partner. /reprendre-ma-place: a guest finds their place again, here or elsewhere.

The visit of the first ends before anything of the other is shown, as at « J’ai fini », but their work stays. The code of a
guest is shown once, when the visit is over already, and works once: a partner who sees it typed gains nothing.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import people, presence
from clicnjob.accounts.presence import Present
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import Account, ParticipantState, Role
from clicnjob.web import COOKIE
from clicnjob.web.auth import guest_leaving, own_seat, signing_in, wrong_codes
from clicnjob.web.auth.cookies import delete_cookie
from clicnjob.web.auth.wrong_codes import TooManyCodes
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.polling_screens import SCREENS
from clicnjob.web.render import render_page
from clicnjob.web.streamlit_patches import uploaded_files
from clicnjob.workshops import permissions
from clicnjob.workshops.live import codes, returning, seats
from clicnjob.workshops.live.returning import LeftComputer, WrongReturnCode

_SESSION_PAGE = "/seance-en-cours"
_RETURN = "/reprendre-ma-place"
_STATUS: dict[type[Refusal], int] = {WrongReturnCode: 403, TooManyCodes: 429}


class WorkHere(Refusal):
    """A guest is signed in at this browser, and their work, which no file holds, would go with their visit."""

    sentence = "Quelqu’un n’a pas fini ici. Son travail serait effacé."


async def turn_question(request: Request) -> Response:
    """Ask who is at the screen whether they leave it to somebody else, since a link alone changes nothing."""
    me = await run_in_threadpool(gate.recognised_person, request)
    mates = await run_in_threadpool(_mates_of, me) if me else None
    if me is None or mates is None:
        return RedirectResponse(_SESSION_PAGE, 303)
    return render_page("tour.html", first_name=me.first_name, mates=mates, guest=me.role is Role.GUEST)


async def pass_computer(request: Request) -> Response:
    """End the visit of who leaves the computer, and show a guest, once, the code that gives their place back."""
    await form_fields(request)
    me = await run_in_threadpool(gate.recognised_person, request)
    try:
        left = await run_in_threadpool(_step_aside, me, gate.sign_in_token(request)) if me and not me.asleep else None
    except NotFound:
        left = None
    if me is None or left is None:
        return RedirectResponse(_SESSION_PAGE, 303)
    uploaded_files.drop_files_of(me.sign_in_id)
    SCREENS.forget_visit(presence.token_digest(gate.sign_in_token(request)))
    answer = render_page("tour_code.html", first_name=left.first_name, code=codes.shown_code(left.code))
    answer.headers["Clear-Site-Data"] = '"storage"'
    delete_cookie(answer, COOKIE)
    own_seat.remember_seat(answer, left.seat_id)
    return answer


async def return_form(request: Request) -> Response:
    """Show the box for the code, or the button of who is given their place back by the trainer."""
    me = await run_in_threadpool(gate.recognised_person, request)
    if me is not None and not me.asleep and await run_in_threadpool(_is_in, me):
        return RedirectResponse("/tour", 303)
    return await _return_page(request, me)


async def take_place(request: Request) -> Response:
    """Sign the guest in whose place a code, or the trainer's gesture, gives back."""
    fields = await form_fields(request)
    me = await run_in_threadpool(gate.recognised_person, request)
    if me is not None and not me.asleep and await run_in_threadpool(_is_in, me):
        return RedirectResponse("/tour", 303)
    seat_id, code = own_seat.remembered_seat(request), fields.get("code", "")
    try:
        if me is not None and await run_in_threadpool(_would_erase, me):
            raise WorkHere
        if me is not None and not me.asleep and "code" not in fields:
            return await signing_in.let_in(request, await run_in_threadpool(_given_back, me, seat_id), _SESSION_PAGE)
        wrong_codes.check_limit(request)
        owner = await run_in_threadpool(_owner_of_code, code, seat_id)
    except NotFound:
        return RedirectResponse(_RETURN, 303)
    except Refusal as refusal:
        if isinstance(refusal, WrongReturnCode):
            wrong_codes.note_wrong(request)
        return await _return_page(request, me, refusal)
    return await signing_in.let_in(request, owner, _SESSION_PAGE)


async def _return_page(request: Request, me: Present | None, refusal: Refusal | None = None) -> Response:
    offered = await run_in_threadpool(_offer_to, me) if me is not None and not me.asleep else None
    answer = render_page(
        "reprendre.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        offered=offered,
        mistake=refusal.sentence if refusal else "",
        work_here=isinstance(refusal, WorkHere),
        asleep=me is not None and me.asleep,
    )
    wrong_codes.mark_browser(request, answer)
    return answer


def _mates_of(me: Present) -> tuple[str, ...] | None:
    """Return with whom the person shares the screen; None for who is in no session, or not awake."""
    if me.asleep:
        return None
    try:
        with db.read_transaction() as session:
            return seats.seat_mates(session, of=me, now=models.utc_now())
    except NotFound:
        return None


def _is_in(me: Present) -> bool:
    with db.read_transaction() as session:
        place = permissions.own_participation(session, of=me, now=models.utc_now())
    return place is not None and place.state is ParticipantState.ADMITTED


def _would_erase(me: Present) -> bool:
    """Whether somebody else's sign-in at this browser would delete work; a running session keeps that of who is in."""
    return not _is_in(me) and guest_leaving.may_lose_work(me)


def _step_aside(me: Present, token: str) -> LeftComputer:
    now = models.utc_now()
    with db.write_transaction() as session:
        left = returning.step_aside(session, by=me, now=now)
        people.leave_for_good(session, token, reason="turn", now=now)
    return left


def _offer_to(me: Present) -> str | None:
    with db.read_transaction() as session:
        return returning.offered_place(session, of=me, now=models.utc_now())


def _given_back(me: Present, seat_id: str) -> Account:
    with db.write_transaction() as session:
        return returning.take_offered_place(session, of=me, seat=seat_id, now=models.utc_now())


def _owner_of_code(code: str, seat_id: str) -> Account:
    with db.write_transaction() as session:
        return returning.take_place_back(session, code=code, seat=seat_id, now=models.utc_now())


ROUTES = [
    Route("/tour", turn_question, methods=["GET"]),
    Route("/tour", pass_computer, methods=["POST"]),
    Route(_RETURN, return_form, methods=["GET"]),
    Route(_RETURN, take_place, methods=["POST"]),
]
