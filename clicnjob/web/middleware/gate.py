"""Access control of every request: our host, our own pages as origin, and a signed-in browser for what is private."""

from __future__ import annotations

import ipaddress
import platform
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clicnjob import db, models
from clicnjob.accounts import presence, tabs
from clicnjob.accounts.presence import Present
from clicnjob.config import current_settings
from clicnjob.web import COOKIE
from clicnjob.web.addresses import STREAM, AddressKind, address_kind, return_path
from clicnjob.web.auth.cookies import delete_cookie, read_cookie
from clicnjob.web.render import render_page
from clicnjob.web.streamlit_patches import session_ownership
from clicnjob.web.waiting_line import LINE

_READING = ("GET", "HEAD")
_PROBED = ("/sante", "/sante/pret")  # a probe asks by the machine's own address
_ASKS_AGAIN = 5  # seconds; as in static/attente.js
WAKING = "/c-est-moi"  # where a sleeping visit asks for its person's secret


def sign_in_token(connection: HTTPConnection) -> str:
    """Return the sign-in token that the browser sent, '' when there is none."""
    return read_cookie(connection, COOKIE)


def recognised_person(connection: HTTPConnection) -> Present | None:
    """Return the person signed in at this browser, even while the visit sleeps. Blocks: call it in a thread."""
    if not (sent := sign_in_token(connection)):
        return None
    with db.read_transaction() as session:
        return presence.recognised_person(session, sent, now=models.utc_now())


def admitted_person(connection: HTTPConnection) -> Present:
    """Return the person whom the gate let through, for routes behind it."""
    person: Present = connection.scope["state"]["present"]
    return person


def from_elsewhere(connection: HTTPConnection) -> bool:
    """Return whether another site sent the browser here; it then withholds our strict cookies."""
    return connection.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")


class Gate:
    """ASGI middleware that refuses requests before Streamlit, whose own check of a foreign Origin calls the internet."""

    def __init__(self, app: ASGIApp, *, public_url: str, listens_at: str = "") -> None:
        self.app = app
        public = urlsplit(public_url.lower())
        self.host = public.netloc
        self.origin = f"{public.scheme}://{public.netloc}"
        self.own_names = {"localhost", platform.node().lower(), listens_at.lower()} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the refusal."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        answer = await self._refusal_of(scope)
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, send)

    async def _refusal_of(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if scope["path"] not in _PROBED and not self._our_host(headers):
            return PlainTextResponse("Adresse inconnue. Le réglage CLICNJOB_PUBLIC_URL dit la bonne.", 421)
        if not self._our_sender(scope, headers):
            return PlainTextResponse("Cette demande vient d’un autre site.", 403)
        if scope["type"] == "websocket" and scope["path"] != STREAM:
            return PlainTextResponse("", 404)
        return await _REFUSALS[address_kind(scope["path"])](scope)

    def _our_host(self, headers: Headers) -> bool:
        """Return whether the Host header names us: the public address or, without one, this machine's name or an IP.

        Any other name could be an attacker's, pointed at this machine to read our answers (DNS rebinding).
        """
        named = headers.getlist("host")
        if len(named) != 1:
            return False
        return named[0].lower() == self.host if self.host else self._names_this_machine(named[0])

    def _names_this_machine(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self.own_names or bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _our_sender(self, scope: Scope, headers: Headers) -> bool:
        """Return whether a page of ours sent this, for requests that change something; WebSockets need an Origin.

        Our own forms send `Origin: null`, since our pages send no referrer; browsers then also send `Sec-Fetch-Site`.
        """
        origin = headers.get("origin", "")
        if scope["type"] == "websocket":
            return self._is_ours(origin, scope, headers)
        if scope["method"] in _READING:
            return True
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        return origin in ("", "null") or self._is_ours(origin, scope, headers)

    def _is_ours(self, origin: str, scope: Scope, headers: Headers) -> bool:
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        return origin.lower() == (self.origin if self.host else f"{scheme}://{headers.get('host', '').lower()}")


async def _accept_anybody(_scope: Scope) -> Response | None:
    return None


async def _not_found(_scope: Scope) -> Response | None:
    return render_page("introuvable.html", status=404)


async def _let_through(scope: Scope) -> Present | None:
    """Return who asks, asleep or not. When awake, store them in the scope and note that a tab of theirs is open."""
    person = await run_in_threadpool(recognised_person, HTTPConnection(scope))
    scope.setdefault("state", {})["present"] = None if person is None or person.asleep else person
    if person is not None and not person.asleep:
        tabs.note_open_tab(person.sign_in_id, now=models.utc_now())
    return person


async def _check_media(scope: Scope) -> Response | None:
    """Refuse what belongs to another sign-in: files that Streamlit keeps in memory answer 404 to anybody else."""
    person = await _let_through(scope)
    if person is None or person.asleep:
        return PlainTextResponse("Il faut se connecter.", 403)
    sign_in_id = scope["state"]["present"].sign_in_id
    if scope["type"] == "websocket":
        session_ownership.name_owner(scope, sign_in_id)
    return None if await session_ownership.may_fetch(scope["path"], sign_in_id) else PlainTextResponse("", 404)


async def _check_page(scope: Scope) -> Response | None:
    if scope["type"] == "websocket" or scope["method"] not in _READING:
        return PlainTextResponse("", 405)
    person = await _let_through(scope)
    if person is not None and not person.asleep:
        return _waiting_page(person)
    back = return_path(scope["path"])
    address = WAKING if person is not None else "/connexion"
    answer = RedirectResponse(address + (f"?retour={back}" if back != "/" else ""), 303)
    if person is None and sign_in_token(HTTPConnection(scope)):
        delete_cookie(answer, COOKIE)
    return answer


def _waiting_page(person: Present) -> Response | None:
    """Return the page of a newcomer who must wait their turn, None for whoever may come in now."""
    if person.roles.isdisjoint(models.YOUNG_ROLES) or person.participant_id:
        return None
    place = LINE.find_place(
        person.sign_in_id,
        connected=session_ownership.open_sign_ins(),
        most=current_settings().people_at_once,
        clock=time.monotonic(),
    )
    if not place:
        return None
    answer = render_page("attente.html", status=503, place=place)
    answer.headers["X-Place"] = str(place)
    answer.headers["Retry-After"] = str(_ASKS_AGAIN)
    return answer


_REFUSALS: dict[AddressKind, Callable[[Scope], Awaitable[Response | None]]] = {
    AddressKind.OPEN: _accept_anybody,
    AddressKind.PRIVATE: _check_media,
    AddressKind.PAGE: _check_page,
    AddressKind.NOTHING: _not_found,
}
