"""The server's lifespan: checks and warm-up at the start, then the sweep, the watch over tabs, and the screens of sessions."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import pkgutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from clicnjob import content, db, models, policy
from clicnjob.accounts import departures, people, sealing, tabs, tickets, waits
from clicnjob.cohort.notifications import dispatch
from clicnjob.cohort.progress import activity, refreshing
from clicnjob.config import current_settings
from clicnjob.cv.document import templates
from clicnjob.operations import installation_check, leader, running
from clicnjob.operations.installation import installed_version
from clicnjob.privacy.retention import purging
from clicnjob.proofreading import proofread
from clicnjob.web import health, metrics, polling_screens
from clicnjob.web.middleware import assets, shell
from clicnjob.web.streamlit_patches import session_ownership, uploaded_files
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import entrance

_LOG = logging.getLogger(__name__)
_ROOMS = (
    "clicnjob.cv", "clicnjob.jobs", "clicnjob.apply", "clicnjob.interview", "clicnjob.learn", "clicnjob.workshops",
    "clicnjob.privacy", "clicnjob.cohort", "clicnjob.ui", "clicnjob.accounts",
)  # fmt: skip
_HEAVY = (
    "docxtpl", "typst", "PIL.Image", "pypdf", "rapidfuzz.process", "phonenumbers", "simplemma",
    "streamlit.testing.v1", "streamlit.elements.lib.column_types",
)  # fmt: skip
_SWEPT_EVERY = 60
_LEASE = leader.Lease()
_REFRESHED_AT_ONCE = 300  # rows per sweep, so that its transaction does not block other writers for long


@asynccontextmanager
async def server_life(_app: Any) -> AsyncIterator[dict[str, Any] | None]:
    """Warm up before the first request; then sweep once a minute, watch the tabs more often, and the screens all the time."""
    began = time.monotonic()
    logging.getLogger("uvicorn.access").disabled = True  # it would log client addresses and links with tokens
    await run_in_threadpool(_settle_process)
    await run_in_threadpool(warm_imports)
    threading.Thread(
        target=_compress_files, name="compress", daemon=True
    ).start()  # a daemon does not delay the shutdown
    await run_in_threadpool(_open_visits)
    await run_in_threadpool(_try_to_lead)
    rounds = (_lead_on(), _sweep_on(), _watch_on(), _notify_on(), polling_screens.follow_forever())
    tasks = [asyncio.create_task(each) for each in rounds]
    try:
        with running.hold_running_file(), metrics.serve_metrics(ready=health.is_ready):
            _tell_start(time.monotonic() - began)
            yield None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await run_in_threadpool(_stop_leading)
        _LOG.info("the server stopped", extra={"fields": {"after_s": round(time.monotonic() - began)}})


def _tell_start(seconds: float) -> None:
    chosen = current_settings()
    told = {"version": installed_version(), "mode": chosen.mode, "database": chosen.database.partition(":")[0]}
    _LOG.info("the server started", extra={"fields": {**told, "start_s": round(seconds, 1)}})


def _settle_process() -> None:
    installation_check.settle_installation(now=models.utc_now())
    with db.read_transaction() as session:
        installation_check.report_lost_anchors(session)


def warm_imports() -> None:
    """Import and load what pages need, then freeze it for the garbage collector: a rerun takes 12 ms instead of 84."""
    import_rooms()
    sealing.decoy_seal()
    for load in content.LOADERS:
        load()
    templates.all_templates()
    proofread.load_word_files()
    proofread.proofreading_remarks("Un premier mot fautiff charge le dictionnaire")
    shell.shell_page()
    gc.collect()
    gc.freeze()


def import_rooms() -> None:
    """Import every room, and the heavy libraries that a first page would wait for."""
    for name in (*_HEAVY, *_module_names()):
        try:
            importlib.import_module(name)
        except ImportError:
            _LOG.debug("not here to be warmed: %s", name)


def sweep_everything() -> None:
    """Delete departed guests, unused tickets and the uploads of closed tabs; close forgotten group sessions; refresh
    the progress of young people; once a day, erase what is past its retention period.

    Of several processes, only the leader sweeps the database; each one sweeps its own memory and its own folder.
    A part that fails, on whatever row, keeps no other from its turn: what is to be erased is erased.
    """
    failed = False
    shared = (_sweep_departed, _sweep_sessions, _sweep_progress, _purge_once_a_day) if _LEASE.is_held() else ()
    for part in (uploaded_files.sweep_closed_tabs, *shared, _tidy_up):
        try:
            part()
        except Exception:
            _LOG.exception("a part of the sweep did not end")
            failed = True
    if not failed:
        metrics.note_sweep()


def _sweep_departed() -> None:
    with db.write_transaction() as session:
        people.sweep_guests(session, now=models.utc_now())
        tickets.sweep_tickets(session, now=models.utc_now())
        waits.forget_old(session, now=models.utc_now())


def _sweep_sessions() -> None:
    with db.write_transaction() as session:
        activity.count_new(session, now=models.utc_now())
        lifecycle.close_forgotten(session, now=models.utc_now())
        entrance.renew_codes(session, now=models.utc_now())


def _sweep_progress() -> None:
    with db.write_transaction() as session:
        refreshing.sweep_progress(session, now=models.utc_now(), most=_REFRESHED_AT_ONCE)


def _purge_once_a_day() -> None:
    purging.once_a_day(now=models.utc_now())


def _tidy_up() -> None:
    if not db.empty_log():
        _LOG.warning("the write-ahead log could not be emptied")


def send_notifications() -> None:
    """Send what is due by SMS and e-mail, in a round of its own: a server that answers slowly delays nothing else."""
    if not _LEASE.is_held():
        return
    dispatch.send_due(now=models.utc_now, settings=current_settings())


def watch_visits() -> None:
    """Write which tabs are open, put visits without tabs to sleep, and end the visits whose departure was not written."""
    for sign_in_id in session_ownership.open_sign_ins():
        tabs.note_open_tab(sign_in_id, now=models.utc_now())
    with db.write_transaction() as session:
        ended = people.end_departed(session, now=models.utc_now())
        tabs.write_open_tabs(session, now=models.utc_now())
    departures.forget_departures(ended)


def _open_visits() -> None:
    """Catch up with the time when no server ran: read departures not yet written, and keep awake the visits whose tabs
    could not report that they are open."""
    departures.recall_departures()
    try:
        with db.write_transaction() as session:
            tabs.spare_awake_visits(session, now=models.utc_now())
    except (SQLAlchemyError, OSError):  # without its database the server must still start, to show what is wrong
        _LOG.exception("the visits could not be looked at")


def _module_names() -> Iterator[str]:
    for room in _ROOMS:
        with suppress(ImportError):
            package = importlib.import_module(room)
            found = (module.name for module in pkgutil.walk_packages(package.__path__, f"{room}."))
            yield from (name for name in found if name != "clicnjob.ui.app")  # importing this script would run it


def _compress_files() -> None:
    try:
        assets.compress_assets(shell.preloaded_scripts())
    except OSError:
        _LOG.exception("public files stay uncompressed on disk")


def _try_to_lead() -> None:
    _LEASE.take_or_renew(now=models.utc_now())


def _stop_leading() -> None:
    _LEASE.give_back(now=models.utc_now())


async def _lead_on() -> None:
    await _repeat_forever(_try_to_lead, leader.RENEWED_EVERY)


async def _sweep_on() -> None:
    await _repeat_forever(sweep_everything, timedelta(seconds=_SWEPT_EVERY))


async def _watch_on() -> None:
    await _repeat_forever(watch_visits, policy.TABS_WRITTEN_EVERY)


async def _notify_on() -> None:
    await _repeat_forever(send_notifications, timedelta(seconds=_SWEPT_EVERY))


async def _repeat_forever(doing: Callable[[], None], every: timedelta) -> None:
    while True:
        try:
            await run_in_threadpool(doing)
        except Exception:  # the next round may find the database again, and no row may end all rounds for everybody
            _LOG.exception("the sweep did not end")
        await asyncio.sleep(every.total_seconds())
