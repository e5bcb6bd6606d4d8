"""The gate: only our host, only our own pages as senders, and only a signed-in browser reaches Streamlit."""

from __future__ import annotations

import ipaddress
import platform
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
from clicnjob.web import COOKIE, owned
from clicnjob.web.addresses import Kind, kind, return_path
from clicnjob.web.cookies import delete_cookie, read_cookie
from clicnjob.web.render import page

_READING = ("GET", "HEAD")
WAKING = "/c-est-moi"  # where a visit that sleeps asks for the secret of its person


def token(connection: HTTPConnection) -> str:
    """The sign-in token of a browser; '' when there is none."""
    return read_cookie(connection, COOKIE)


def who(connection: HTTPConnection) -> Present | None:
    """The person signed in at this browser, read now; None while the visit sleeps. Blocks: call it in a thread."""
    found = recognised(connection)
    return None if found is None or found.asleep else found


def recognised(connection: HTTPConnection) -> Present | None:
    """The same, asleep or not: for what wakes a visit or leaves it. Blocks: call it in a thread."""
    if not (sent := token(connection)):
        return None
    with db.reading() as session:
        return presence.recognised(session, sent, now=models.now())


def present(connection: HTTPConnection) -> Present:
    """The person whom the gate let through, in a route behind it."""
    person: Present = connection.scope["state"]["present"]
    return person


def from_elsewhere(connection: HTTPConnection) -> bool:
    """Whether another site sent the browser here: our strict cookies then stayed behind."""
    return connection.headers.get("sec-fetch-site", "") in ("cross-site", "same-site")


class Gate:
    """Refuses before Streamlit sees anything: its own check of a foreign Origin calls the internet."""

    def __init__(self, app: ASGIApp, *, public_url: str, listens_at: str = "") -> None:
        self.app = app
        public = urlsplit(public_url.lower())
        self.host = public.netloc
        self.origin = f"{public.scheme}://{public.netloc}"
        self.own_names = {"localhost", platform.node().lower(), listens_at.lower()} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or answer instead."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        answer = await self._refusal(scope)
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if scope["path"] != "/sante" and not self._our_host(headers):
            return PlainTextResponse("Adresse inconnue. Le réglage CLICNJOB_PUBLIC_URL dit la bonne.", 421)
        if not self._our_sender(scope, headers):
            return PlainTextResponse("Cette demande vient d’un autre site.", 403)
        return await _REFUSALS[kind(scope["path"])](scope)

    def _our_host(self, headers: Headers) -> bool:
        """Whether the browser came for us. Without a public address that is this machine's name or a bare number: a name
        that somebody else made lead here could read our answers (DNS rebinding).
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
        """Whether what acts was sent by a page of ours. A web socket must say where it comes from.

        Our own forms say « null », since our pages send no referrer; browsers then also say `Sec-Fetch-Site`.
        """
        origin = headers.get("origin", "")
        if scope["type"] == "websocket":
            return self._ours(origin, scope, headers)
        if scope["method"] in _READING:
            return True
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        return origin in ("", "null") or self._ours(origin, scope, headers)

    def _ours(self, origin: str, scope: Scope, headers: Headers) -> bool:
        scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
        return origin.lower() == (self.origin if self.host else f"{scheme}://{headers.get('host', '').lower()}")


async def _open(_scope: Scope) -> Response | None:
    return None


async def _nothing(_scope: Scope) -> Response | None:
    return page("introuvable.html", status=404)


async def _let_through(scope: Scope) -> Present | None:
    """Who asks, asleep or not. Awake, they go through, and one of their tabs is known to be open."""
    person = await run_in_threadpool(recognised, HTTPConnection(scope))
    scope.setdefault("state", {})["present"] = None if person is None or person.asleep else person
    if person is not None and not person.asleep:
        tabs.note_open_tab(person.sign_in_id, now=models.now())
    return person


async def _private(scope: Scope) -> Response | None:
    """What Streamlit keeps in memory is found by its own sign-in only; for anybody else it does not exist."""
    person = await _let_through(scope)
    if person is None or person.asleep:
        return PlainTextResponse("Il faut se connecter.", 403)
    sign_in_id = scope["state"]["present"].sign_in_id
    if scope["type"] == "websocket":
        owned.name(scope, sign_in_id)
    return None if await owned.may_fetch(scope["path"], sign_in_id) else PlainTextResponse("", 404)


async def _page(scope: Scope) -> Response | None:
    if scope["type"] == "websocket" or scope["method"] not in _READING:
        return PlainTextResponse("", 405)
    person = await _let_through(scope)
    if person is not None and not person.asleep:
        return None
    back = return_path(scope["path"])
    door = WAKING if person is not None else "/connexion"
    answer = RedirectResponse(door + (f"?retour={back}" if back != "/" else ""), 303)
    if person is None and token(HTTPConnection(scope)):
        delete_cookie(answer, COOKIE)
    return answer


_REFUSALS: dict[Kind, Callable[[Scope], Awaitable[Response | None]]] = {
    Kind.OPEN: _open,
    Kind.PRIVATE: _private,
    Kind.PAGE: _page,
    Kind.NOTHING: _nothing,
}
