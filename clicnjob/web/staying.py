"""/present: how long the visit still lasts, for shell.js. A GET says that a tab is open, a POST that its person acted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from clicnjob import db, models, policy
from clicnjob.accounts import own_secret, presence, tabs, vault
from clicnjob.accounts.presence import Present
from clicnjob.models import YOUNG_ROLES, Role
from clicnjob.web import gate
from clicnjob.web.bodies import form

ASLEEP = 423
_PROOF = "tab of the visit"


async def remaining(request: Request) -> Response:
    """The times left, in seconds. A tab that asks is open; that its person is there it does not say."""
    person = await run_in_threadpool(gate.recognised, request)
    return await run_in_threadpool(told, person)


async def stay(request: Request) -> Response:
    """The person acted, `age` seconds ago.

    A visit that sleeps is not woken by it, except that of a guest, who has no secret: the tab that its person left open
    (the computer slept) wakes it with what it was told before and holds in its memory only. A restored browser has
    everything but this memory.
    """
    fields = await form(request)
    person = await run_in_threadpool(gate.recognised, request)
    if person is not None and not person.asleep:
        person = await run_in_threadpool(_touched, person, _age(fields.get("age", "")))
    elif person is not None and await run_in_threadpool(_same_tab, person, fields.get("tab", "")):
        person = await run_in_threadpool(_woken, person)
    return await run_in_threadpool(told, person)


def told(person: Present | None) -> Response:
    """What shell.js is told of a visit: 403 when it is over, 423 while it sleeps."""
    if person is None:
        return PlainTextResponse("Il faut se connecter.", 403)
    if person.asleep:
        with db.reading() as session:
            asked = own_secret.own_secret(session, of=person)
        return JSONResponse(_times(person) | {"asleep": "tab" if person.role is Role.GUEST else asked.value}, ASLEEP)
    tabs.note_open_tab(person.sign_in_id, now=models.now())
    proof = vault.locked(_PROOF, person.sign_in_id, now=models.now()) if person.role is Role.GUEST else ""
    return JSONResponse(_times(person) | {"asleep": "", "tab": proof})


def _touched(person: Present, age: timedelta) -> Present:
    acted_at = models.now() - age
    with db.transaction() as session:
        presence.touch(session, person.sign_in_id, now=acted_at)
    later = max(person.idle_end_at, acted_at + presence.limits(person.role).idle)
    return replace(person, idle_end_at=later)


def _woken(person: Present) -> Present:
    """The tab is there again; that its person acts it must still say."""
    with db.transaction() as session:
        presence.wake(session, person.sign_in_id, acted=False, now=models.now())
    return replace(person, asleep=False)


def _same_tab(person: Present, proof: str) -> bool:
    if person.role is not Role.GUEST:
        return False
    return vault.opened(_PROOF, proof, now=models.now(), within=policy.YOUTH_END) == person.sign_in_id


def _age(said: str) -> timedelta:
    """How long ago the act was; a page tells it late when the server was away."""
    seconds = float(said) if said.isascii() and said.replace(".", "", 1).isdecimal() else 0.0
    return timedelta(seconds=min(seconds, policy.STAFF_END.total_seconds()))


def _times(person: Present) -> dict[str, float | bool | str]:
    """The times, and a mark of the visit: a tab that was opened in another visit must not show on."""
    now = models.now()
    veiled = timedelta(0) if person.role is Role.GUEST else policy.VEILED_BEFORE  # a guest is hidden and does not sleep
    return {
        "visit": person.visit,
        "masked_after": (person.masked_after - veiled).total_seconds(),
        "veiled": veiled.total_seconds(),
        "idle_limit": presence.limits(person.role).idle.total_seconds(),
        "idle": (person.idle_end_at - now).total_seconds(),
        "whole": (person.end_at - now).total_seconds(),
        "warned": policy.END_WARNED.total_seconds(),
        "young": person.role in YOUNG_ROLES,
    }


ROUTES = [
    Route("/present", remaining, methods=["GET"]),
    Route("/present", stay, methods=["POST"]),
]
