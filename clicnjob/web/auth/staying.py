"""/present: tells shell.js how long the visit still lasts. A GET reports an open tab, a POST that the person is active."""

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
from clicnjob.web.middleware import gate
from clicnjob.web.middleware.bodies import form_fields

ASLEEP = 423
_PROOF = "tab of the visit"


async def times_left(request: Request) -> Response:
    """Return the times left, in seconds. This proves that a tab is open, not that its person is there."""
    person = await run_in_threadpool(gate.recognised_person, request)
    return await run_in_threadpool(visit_state, person)


async def note_presence(request: Request) -> Response:
    """Note that the person was active `age` seconds ago.

    This does not wake a sleeping visit, except that of a guest, who has no secret: a tab left open while the computer
    slept wakes it with the proof received earlier. The tab holds the proof in memory only, so that a restored browser
    does not have it.
    """
    fields = await form_fields(request)
    person = await run_in_threadpool(gate.recognised_person, request)
    if person is not None and not person.asleep:
        person = await run_in_threadpool(_touched_person, person, _act_age(fields.get("age", "")))
    elif person is not None and await run_in_threadpool(_same_tab, person, fields.get("tab", "")):
        person = await run_in_threadpool(_woken_person, person)
    return await run_in_threadpool(visit_state, person)


def visit_state(person: Present | None) -> Response:
    """Return the answer for shell.js: the times of the visit as JSON, with status 423 while it sleeps; 403 once over."""
    if person is None:
        return PlainTextResponse("Il faut se connecter.", 403)
    if person.asleep:
        with db.read_transaction() as session:
            asked = own_secret.own_secret(session, of=person)
        return JSONResponse(
            _visit_times(person) | {"asleep": "tab" if person.role is Role.GUEST else asked.value}, ASLEEP
        )
    tabs.note_open_tab(person.sign_in_id, now=models.utc_now())
    proof = vault.locked_text(_PROOF, person.sign_in_id, now=models.utc_now()) if person.role is Role.GUEST else ""
    return JSONResponse(_visit_times(person) | {"asleep": "", "tab": proof})


def _touched_person(person: Present, age: timedelta) -> Present:
    acted_at = models.utc_now() - age
    with db.write_transaction() as session:
        presence.note_activity(session, person.sign_in_id, now=acted_at)
    later = max(person.idle_end_at, acted_at + presence.sign_in_limits(person.role).idle)
    return replace(person, idle_end_at=later)


def _woken_person(person: Present) -> Present:
    """Wake the visit because its tab is back; this does not count as activity of the person."""
    with db.write_transaction() as session:
        presence.wake_sign_in(session, person.sign_in_id, acted=False, now=models.utc_now())
    return replace(person, asleep=False)


def _same_tab(person: Present, proof: str) -> bool:
    if person.role is not Role.GUEST:
        return False
    return vault.opened_text(_PROOF, proof, now=models.utc_now(), within=policy.YOUTH_END) == person.sign_in_id


def _act_age(said: str) -> timedelta:
    """Parse how long ago the activity was, in seconds; pages report it late when the server was unreachable."""
    seconds = float(said) if said.isascii() and said.replace(".", "", 1).isdecimal() else 0.0
    return timedelta(seconds=min(seconds, policy.STAFF_END.total_seconds()))


def _visit_times(person: Present) -> dict[str, float | bool | str]:
    """Return the times in seconds and the visit's mark, by which a tab of another visit knows that it must close."""
    now = models.utc_now()
    veiled = timedelta(0) if person.role is Role.GUEST else policy.VEILED_BEFORE  # a guest's visit does not sleep
    return {
        "visit": person.visit,
        "masked_after": (person.masked_after - veiled).total_seconds(),
        "veiled": veiled.total_seconds(),
        "idle_limit": presence.sign_in_limits(person.role).idle.total_seconds(),
        "idle": (person.idle_end_at - now).total_seconds(),
        "whole": (person.end_at - now).total_seconds(),
        "warned": policy.END_WARNED.total_seconds(),
        "young": person.role in YOUNG_ROLES,
    }


ROUTES = [
    Route("/present", times_left, methods=["GET"]),
    Route("/present", note_presence, methods=["POST"]),
]
