"""An optional page of measures for Prometheus, at an address of its own: figures of the server, never of a person.

It has no address, name, id or path as a label. It is never served by the public port, so that no proxy can publish it.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, start_http_server

from clicnjob.config import current_settings
from clicnjob.operations import address_forms, backups
from clicnjob.operations.installation import installed_version
from clicnjob.web.waiting_line import LINE

_LEVELS = ("WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class _Measures:
    """What the server counts while the page is served."""

    requests: Counter
    seconds: Histogram
    sockets: Gauge
    swept_at: Gauge


_COUNTED: list[_Measures] = []  # empty while no page is served, so that nothing is counted


@contextmanager
def serve_metrics(*, ready: Callable[[], bool]) -> Iterator[None]:
    """Serve the page during the block, if the settings give it an address. `ready` is asked each time it is read."""
    listens_at = address_forms.host_and_port(current_settings().metrics)
    if listens_at is None:
        yield
        return
    registry = CollectorRegistry()
    measures, lines = _new_measures(registry, ready), _LineCounter(registry)
    server, thread = start_http_server(listens_at[1], addr=listens_at[0], registry=registry)
    _COUNTED.append(measures)
    logging.root.addHandler(lines)
    try:
        yield
    finally:
        logging.root.removeHandler(lines)
        _COUNTED.remove(measures)
        server.shutdown()
        server.server_close()
        thread.join(timeout=2)


def note_request(status: int, seconds: float) -> None:
    """Count an answered request by the first digit of its status."""
    for measures in _COUNTED:
        measures.requests.labels(f"{status // 100}xx").inc()
        measures.seconds.observe(seconds)


def note_sockets(change: int) -> None:
    """Add to, or subtract from, the number of open tabs."""
    for measures in _COUNTED:
        measures.sockets.inc(change)


def note_sweep() -> None:
    """Note that the sweep of every minute has ended well."""
    for measures in _COUNTED:
        measures.swept_at.set_to_current_time()


def _new_measures(registry: CollectorRegistry, ready: Callable[[], bool]) -> _Measures:
    ProcessCollector(registry=registry)
    Gauge("clicnjob_info", "The release.", ["version"], registry=registry).labels(installed_version()).set(1)
    Gauge("clicnjob_ready", "1 when the database can be written.", registry=registry).set_function(ready)
    Gauge("clicnjob_disk_free_bytes", "Free space in the folder.", registry=registry).set_function(_free_bytes)
    Gauge(
        "clicnjob_last_backup_timestamp_seconds", "Last backup made from this folder; 0: none.", registry=registry
    ).set_function(_backup_instant)
    Gauge("clicnjob_waiting_people", "People in the waiting line.", registry=registry).set_function(LINE.count_waiting)
    return _Measures(
        Counter("clicnjob_requests_total", "Answered requests.", ["status"], registry=registry),
        Histogram("clicnjob_request_seconds", "Time until the end of the answer.", registry=registry),
        Gauge("clicnjob_open_tabs", "Open connections of pages.", registry=registry),
        Gauge("clicnjob_last_sweep_timestamp_seconds", "Last sweep that ended well; 0: none.", registry=registry),
    )


def _free_bytes() -> float:
    return shutil.disk_usage(current_settings().home).free


def _backup_instant() -> float:
    last = backups.last_backup()
    return last.at.timestamp() if last else 0


class _LineCounter(logging.Handler):
    """Counts the lines of the log by level."""

    def __init__(self, registry: CollectorRegistry) -> None:
        super().__init__(logging.WARNING)
        self._lines = Counter("clicnjob_log_lines_total", "Lines of the log.", ["level"], registry=registry)
        for level in _LEVELS:
            self._lines.labels(level.lower())  # a rate needs a first value

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        if record.levelname in _LEVELS:
            self._lines.labels(record.levelname.lower()).inc()
