"""The log: one JSON object per line, with the request's id. It never contains a name, content, a secret or an address.

Our own messages are constant text and are written whole. Of a library's message only the template is written, never its
arguments (an address, a value). Of an exception only its type, its place and the kind of database fault are written,
never its message, which may quote what a person typed.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from clicnjob.operations import database_faults
from clicnjob.paths import ROOT
from clicnjob.web.streamlit_patches.log_handlers import leave_to_root

_LOG = logging.getLogger(__name__)
_OURS = "clicnjob"
_FRAMES = 12
_WORDS = 160
_CODE_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without symbols that are easily confused
# Messages of Streamlit to leave out: an error that we log ourselves, and options that we set ourselves.
_NOT_TOLD = {
    "streamlit.error_util": "Uncaught app execution",
    "streamlit.config": "An update to the [server] config option section was detected.",
}

REQUEST: ContextVar[str] = ContextVar("request", default="")


def configure_logs(level: str) -> None:
    """Make every logger of this process write such lines to stderr: ours from `level`, libraries' from WARNING."""
    writing = logging.StreamHandler(sys.stderr)
    writing.setFormatter(JsonLineFormatter())
    logging.root.handlers[:] = [writing]
    logging.root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):
        leave_to_root(logging.getLogger(name))
    for name in ("uvicorn", "uvicorn.error", "websockets", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level.upper())
    for name, words in _NOT_TOLD.items():
        logging.getLogger(name).addFilter(_Unsaid(words))
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").disabled = True
    threading.excepthook = _thread_ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else ""
    _LOG.error("a thread ended", exc_info=ended.exc_value, extra={"fields": {"thread": name}})


def log_mishap(error: BaseException) -> str:
    """Log an unexpected exception; return the short code to show to the person."""
    code = "".join(secrets.choice(_CODE_SYMBOLS) for _ in range(6))
    _LOG.error("mishap", exc_info=error, extra={"fields": {"code": code}})
    return code


class JsonLineFormatter(logging.Formatter):
    """Formats a record as one line of ASCII JSON, so that nothing in it can start another line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the JSON line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "by": record.name,
            "said": _safe_message(record),
        }
        if request := REQUEST.get():
            told["request"] = request
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            told |= _kind_and_place(record.exc_info[1])
        return json.dumps(told)


def _safe_message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == _OURS:
        return record.getMessage()
    first = next(iter(str(record.msg).splitlines()), "") if isinstance(record.msg, str) else type(record.msg).__name__
    return first[:_WORDS]


def _kind_and_place(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    told: dict[str, object] = {
        "error": type(error).__qualname__,
        "where": [f"{_short_path(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if fault := database_faults.known_fault(error):
        told["kind"] = fault.kind
    if cause := error.__cause__ or error.__context__:
        told["because"] = type(cause).__qualname__
    return told


def _short_path(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-3:])


class _Unsaid(logging.Filter):
    """Drops the messages that begin with given words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def filter(self, record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith(self._words)
