"""The ASGI server: Streamlit behind our gate, with the plain routes for all that a script cannot do."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from streamlit import config as streamlit_config

from clicnjob import policy, web
from clicnjob.config import Settings, settings
from clicnjob.errors import Refusal
from clicnjob.paths import PACKAGE
from clicnjob.ui import navigation
from clicnjob.web import (
    delivery,
    documents,
    health,
    invited,
    known_device,
    leaving,
    lighter,
    logs,
    made,
    oidc,
    own_account,
    owned,
    pro,
    shell,
    signing_in,
    staying,
    telephone,
    turns,
    waking,
)
from clicnjob.web.assets import Assets
from clicnjob.web.bodies import Bodies
from clicnjob.web.connections import TimedHttp
from clicnjob.web.gate import Gate
from clicnjob.web.headers import Headers, app_policy
from clicnjob.web.life import life
from clicnjob.web.messages import Messages
from clicnjob.web.requests import Requests
from clicnjob.web.shell import Shell
from clicnjob.web.uploading import Uploads

SCRIPT = PACKAGE / "ui" / "app.py"
_ROUTES = [
    *signing_in.ROUTES,
    *pro.ROUTES,
    *invited.ROUTES,
    *own_account.ROUTES,
    *oidc.ROUTES,
    *leaving.ROUTES,
    *known_device.ROUTES,
    *staying.ROUTES,
    *waking.ROUTES,
    *health.ROUTES,
    *documents.ROUTES,
    *telephone.ROUTES,
]


def asgi(script: Path = SCRIPT, chosen: Settings | None = None) -> st.App:
    """The application for any ASGI server. The database must have been migrated."""
    chosen = chosen or settings()
    web.PAGE_ADDRESSES.update(f"/{page.address}" for page in navigation.EVERY_PAGE)
    made.register()
    MultiPartParser.spool_max_size = 2 * policy.UPLOAD_BYTES  # what is sent (a voice, a photo) never touches the disk
    delivery.in_one_piece()
    lighter.lighter()
    turns.in_turn()
    app = st.App(
        script, routes=_ROUTES, middleware=_middleware(chosen), lifespan=life, on_script_error=_say_what_happened
    )
    _configure(chosen)
    return app


_ARENA_MAX = -8  # malloc.h


def serve(*, host: str = "", port: int = 0) -> None:
    """Run the app until it is stopped; without arguments, where the settings say."""
    chosen = settings()
    logs.configure(chosen.log_level)
    _share_heaps()
    uvicorn.run(
        asgi(),
        host=host or chosen.host,
        port=port or chosen.port,
        log_config=None,
        access_log=False,
        server_header=False,
        http=TimedHttp,
        ws=delivery.Socket,
        ws_max_size=policy.MESSAGE_BYTES,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
    )


def _share_heaps() -> None:
    """Two heaps for all threads: glibc gives each its own, and keeps what it once held (50 MB more after a flood).

    Source: mallopt(3), M_ARENA_MAX. Other C libraries have no such setting.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def _middleware(chosen: Settings) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(Headers, policy=app_policy(shell.shell()), secure=chosen.secure),
        Middleware(Requests),
        Middleware(Bodies),
        Middleware(Assets),
        Middleware(Gate, public_url=chosen.public_url, listens_at=chosen.host),
        Middleware(Uploads),
        Middleware(Messages),
        Middleware(Shell),
    ]


def _say_what_happened(error: Exception) -> bool:
    """What a page shows instead of a trace: a refusal's own sentence, or a code that the log has too."""
    from clicnjob.ui import frame  # noqa: PLC0415 - its widgets register themselves with the server that runs

    if isinstance(error, Refusal):
        frame.refused(error.sentence)
    else:
        frame.broken(logs.mishap(error))
    return True


def _configure(chosen: Settings) -> None:
    """Read config.toml now that Streamlit knows the script it lies beside, and add what depends on settings.

    Something imported earlier may have made Streamlit read its configuration without it.
    """
    streamlit_config.get_config_options(force_reparse=True)
    streamlit_config.set_option("server.trustedUserHeaders", owned.TRUSTED)
    if host := urlsplit(chosen.public_url).hostname:
        streamlit_config.set_option("server.allowedHosts", [host])
        streamlit_config.set_option("server.corsAllowedOrigins", [chosen.public_url.rstrip("/")])


@cache
def _app() -> st.App:
    logs.configure(settings().log_level)
    return asgi()


def __getattr__(name: str) -> Any:
    """`clicnjob.server:app` for a plain ASGI server; made when asked for, since that reads the settings."""
    if name == "app":
        return _app()
    raise AttributeError(name)
