"""/rejoindre: enter a group session with its code, with the account signed in here, or as a guest by first name."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.accounts import people
from clicnjob.accounts.people import TooManyGuests
from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal
from clicnjob.models import YOUNG_ROLES, Account, WorkshopParticipant
from clicnjob.web.auth import guests, own_seat, signing_in, wrong_codes
from clicnjob.web.auth.wrong_codes import TooManyCodes
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields
from clicnjob.web.render import render_page
from clicnjob.workshops.live import joining
from clicnjob.workshops.live.joining import NeedsFirstName, WrongWorkshopCode

_SESSION_PAGE = "/seance-en-cours"
_STATUS: dict[type[Refusal], int] = {WrongWorkshopCode: 403, TooManyCodes: 429, TooManyGuests: 429}


class ProfessionalHere(Refusal):
    """A professional is signed in at this browser, and only young people take part in a session."""

    sentence = "Un professionnel est connecté ici. Il doit d’abord se déconnecter."


class AsleepHere(Refusal):
    """Somebody's visit sleeps at this browser; joining must neither use it nor end it."""

    sentence = "Quelqu’un est déjà connecté ici. Choisis d’abord\u00a0: c’est toi, ou non."


async def joining_form(request: Request) -> Response:
    """Show the form: the code, and a first name for who has not signed in."""
    return _form_page(request, await run_in_threadpool(gate.recognised_person, request))


async def join_by_code(request: Request) -> Response:
    """Enter the waiting room of the session of a code."""
    fields = await form_fields(request)
    code, first_name = fields.get("code", ""), fields.get("prenom", "")
    me = await run_in_threadpool(gate.recognised_person, request)
    try:
        wrong_codes.check_limit(request)
        if me is not None:
            await run_in_threadpool(_join_signed_in, me, code, first_name, own_seat.remembered_seat(request))
            return RedirectResponse(_SESSION_PAGE, 303)
        guest = await run_in_threadpool(_join_as_guest, request, code, first_name)
    except Refusal as refusal:
        if isinstance(refusal, WrongWorkshopCode):
            wrong_codes.note_wrong(request)
        return _form_page(request, me, refusal=refusal, code=code[:20], first_name=first_name[:40])
    return await signing_in.let_in(request, guest, _SESSION_PAGE)


def _join_signed_in(me: Present, code: str, first_name: str, seat_id: str) -> None:
    if not me.roles & YOUNG_ROLES:
        raise ProfessionalHere
    if me.asleep:
        raise AsleepHere
    with db.write_transaction() as session:
        joining.join_workshop(session, of=me, code=code, first_name=first_name, seat=seat_id, now=models.utc_now())


def _join_as_guest(request: Request, code: str, first_name: str) -> Account:
    """Make a guest only when the code is right: nothing stays of a wrong try.

    Nobody gets an earlier guest's place by typing their name: each form makes a new guest, who waits to be admitted.
    """
    now, seat_id = models.utc_now(), own_seat.remembered_seat(request)
    if not first_name.strip():
        joining.read_code(code)
        raise NeedsFirstName
    with db.write_transaction() as session:
        guest = people.add_guest(session, now=now)
        participant_id = joining.join_workshop(
            session, of=guest, code=code, first_name=first_name, seat=seat_id, now=now
        )
        guests.count_guest(request)
        row = session.get_one(WorkshopParticipant, participant_id)
        guest.first_name = row.first_name
        session.flush()
        return guest


def _form_page(
    request: Request, someone: Present | None, *, refusal: Refusal | None = None, code: str = "", first_name: str = ""
) -> Response:
    answer = render_page(
        "rejoindre.html",
        status=_STATUS.get(type(refusal), 400) if refusal else 200,
        someone=someone,
        visit=someone.visit if someone else "",
        mistake=refusal.sentence if refusal else "",
        code=code,
        first_name=first_name,
    )
    wrong_codes.mark_browser(request, answer)
    return answer


ROUTES = [
    Route("/rejoindre", joining_form, methods=["GET"]),
    Route("/rejoindre", join_by_code, methods=["POST"]),
]
