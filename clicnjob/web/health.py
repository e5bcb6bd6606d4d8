"""/sante and /sante/pret: probes that say whether the app is alive and whether it can save, and nothing about any person."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from concurrent.futures import Future

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db, models
from clicnjob.models import InstallationMark
from clicnjob.operations import database_faults
from clicnjob.operations.installation import installed_version
from clicnjob.web.middleware.assets import own_address

_LOG = logging.getLogger(__name__)
_ANSWERS_WITHIN = 1.5  # seconds; /sante/pret must answer in less than two (docs/deploy.md)
_KEPT_FOR = 2.0  # seconds during which a result is reused: the address is public and each check is a write


class WriteProbe:
    """Checks with one small write at a time, however many requests come: a frozen database blocks a single thread."""

    def __init__(self) -> None:
        self._tried: Future[bool] = Future()
        self._tried.set_result(False)
        self._tried_at = -_KEPT_FOR
        self._starting = threading.Lock()

    async def can_write(self) -> bool:
        """Return whether the database could be written within the time limit."""
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._current_attempt())), _ANSWERS_WITHIN)
        except TimeoutError:
            _LOG.error("the database does not answer in time")
            return False

    def wait_for_write(self) -> bool:
        """Do the same as `can_write`, from a thread."""
        try:
            return self._current_attempt().result(_ANSWERS_WITHIN)
        except TimeoutError:
            return False

    def _current_attempt(self) -> Future[bool]:
        """Return the attempt that runs or that ended a moment ago, else start one."""
        with self._starting:
            if self._tried.done() and time.monotonic() - self._tried_at >= _KEPT_FOR:
                self._tried, self._tried_at = Future(), time.monotonic()
                threading.Thread(target=_try_to_write, args=(self._tried,), name="probe", daemon=True).start()
            return self._tried


def _try_to_write(tried: Future[bool]) -> None:
    try:
        with db.write_transaction() as session:
            session.merge(InstallationMark(name="probe", value="", at=models.utc_now()))
        tried.set_result(True)
    except Exception as error:
        fault = database_faults.known_fault(error)
        _LOG.error(
            "the database cannot be written",
            exc_info=None if fault else error,
            extra={"fields": {"kind": fault.kind if fault else "unknown"}},
        )
        tried.set_result(False)


_PROBE = WriteProbe()
_DRAINING = threading.Event()


def begin_draining() -> None:
    """Answer /sante/pret by 503 from now on, so that the proxy sends newcomers to other processes before this one stops."""
    _DRAINING.set()


async def alive_answer(_request: Request) -> Response:
    """Answer 200 as long as the process serves requests. The database is not asked: a restart would not repair it."""
    return JSONResponse({"state": "alive", "version": installed_version()})


async def ready_answer(_request: Request) -> Response:
    """Answer 200, or 503 when nothing can be saved. Why is only in the log, since anybody may ask."""
    well = not _DRAINING.is_set() and await _PROBE.can_write()
    told = {"state": "ready" if well else "not ready", "version": installed_version()}
    return JSONResponse(told, 200 if well else 503)


def is_ready() -> bool:
    """Return what /sante/pret would say. Blocks for the time limit at most: call it in a thread."""
    return _PROBE.wait_for_write()


async def icon_answer(_request: Request) -> Response:
    """Redirect to the icon; browsers ask for /favicon.ico whatever the page declares."""
    return RedirectResponse(own_address("favicon.svg"), 301)


ROUTES = [
    Route("/sante", alive_answer, methods=["GET"]),
    Route("/sante/pret", ready_answer, methods=["GET"]),
    Route("/favicon.ico", icon_answer, methods=["GET"]),
]
