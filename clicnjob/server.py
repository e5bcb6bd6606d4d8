"""Builds and runs the ASGI application: Streamlit behind our middleware, with plain routes for what a script cannot do."""

from __future__ import annotations

import ctypes
import signal
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config as streamlit_config

from clicnjob import policy, web
from clicnjob.config import Settings, current_settings
from clicnjob.errors import Refusal
from clicnjob.paths import PACKAGE
from clicnjob.ui.shell import failures, navigation
from clicnjob.web import board_version, calendar_feed, health, lesson_video, logs, projector
from clicnjob.web.auth import (
    guest_leaving,
    invitation,
    joining,
    known_device,
    leaving,
    oidc,
    own_account,
    professionals,
    signing_in,
    staying,
    turns,
    waking,
)
from clicnjob.web.documents import makers, serving, telephone
from clicnjob.web.life import server_life
from clicnjob.web.middleware import shell
from clicnjob.web.middleware.assets import Assets
from clicnjob.web.middleware.bodies import Bodies
from clicnjob.web.middleware.gate import Gate
from clicnjob.web.middleware.headers import Headers, app_policy
from clicnjob.web.middleware.messages import Messages
from clicnjob.web.middleware.requests import Requests
from clicnjob.web.middleware.shell import Shell
from clicnjob.web.middleware.uploading import Uploads
from clicnjob.web.screen_version import Polls
from clicnjob.web.streamlit_patches import session_ownership
from clicnjob.web.streamlit_patches.install import install
from clicnjob.web.streamlit_patches.request_head_limits import TimedHttp

SCRIPT = PACKAGE / "ui" / "app.py"
_ROUTES = [
    *signing_in.ROUTES,
    *joining.ROUTES,
    *turns.ROUTES,
    *professionals.ROUTES,
    *invitation.ROUTES,
    *own_account.ROUTES,
    *oidc.ROUTES,
    *leaving.ROUTES,
    *guest_leaving.ROUTES,
    *known_device.ROUTES,
    *staying.ROUTES,
    *waking.ROUTES,
    *health.ROUTES,
    *projector.ROUTES,
    *board_version.ROUTES,
    *calendar_feed.ROUTES,
    *serving.ROUTES,
    *lesson_video.ROUTES,
    *telephone.ROUTES,
    *(
        Route(f"/{folder}/{{rest:path}}", projector.nothing_else)
        for folder in ("document", "tableau", "video", "lecon-video", "telephone")
    ),
]


def asgi_app(script: Path = SCRIPT, chosen: Settings | None = None) -> st.App:
    """Build the application for any ASGI server. The database must have been migrated. Raises UnknownStreamlit."""
    chosen = chosen or current_settings()
    web.PAGE_ADDRESSES.update(f"/{page.address}" for page in navigation.EVERY_PAGE)
    makers.register_makers()
    MultiPartParser.spool_max_size = 2 * policy.UPLOAD_BYTES  # uploads (a voice, a photo) are never written to disk
    install(chosen.streamlit_patches)
    app = st.App(
        script,
        routes=_ROUTES,
        middleware=_middleware_stack(chosen),
        lifespan=server_life,
        on_script_error=_say_what_happened,
    )
    _configure_streamlit(chosen)
    return app


_ARENA_MAX = -8  # malloc.h


def serve_app(*, host: str = "", port: int = 0) -> None:
    """Run the app until it is stopped, by default on the host and port of the settings."""
    chosen = current_settings()
    logs.configure_logs(chosen.log_level)
    _share_heaps()
    if hasattr(signal, "SIGUSR1"):  # not on Windows
        signal.signal(signal.SIGUSR1, lambda _number, _frame: health.begin_draining())
    uvicorn.run(
        asgi_app(),
        host=host or chosen.host,
        port=port or chosen.port,
        log_config=None,
        access_log=False,
        server_header=False,
        http=TimedHttp,
        ws="websockets-sansio",
        ws_max_size=policy.MESSAGE_BYTES,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=5,
    )


def _share_heaps() -> None:
    """Limit glibc to two heaps for all threads. With one each, 50 MB more stay allocated after a flood of requests.

    Source: mallopt(3), M_ARENA_MAX. Other C libraries have no such setting.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def _middleware_stack(chosen: Settings) -> list[Middleware]:
    """Return the middleware, outermost first."""
    return [
        Middleware(Headers, policy=app_policy(shell.shell_page()), secure=chosen.secure),
        Middleware(Requests),
        Middleware(Bodies),
        Middleware(Assets),
        Middleware(Gate, public_url=chosen.public_url, listens_at=chosen.host),
        Middleware(Polls),
        Middleware(Uploads),
        Middleware(Messages),
        Middleware(Shell),
    ]


def _say_what_happened(error: Exception) -> bool:
    """Show a refusal's sentence, or a code that the log repeats, instead of a traceback; return True for « handled »."""
    if isinstance(error, Refusal):
        failures.draw_refusal(error.sentence)
    else:
        failures.draw_failure(logs.log_mishap(error))
    return True


def _configure_streamlit(chosen: Settings) -> None:
    """Read config.toml again, now that Streamlit knows the script beside it, and set the options that depend on settings.

    An earlier import may have made Streamlit read its configuration without that file.
    """
    streamlit_config.get_config_options(force_reparse=True)
    streamlit_config.set_option("server.trustedUserHeaders", session_ownership.TRUSTED)
    if host := urlsplit(chosen.public_url).hostname:
        streamlit_config.set_option("server.allowedHosts", [host])
        streamlit_config.set_option("server.corsAllowedOrigins", [chosen.public_url.rstrip("/")])


@cache
def _default_app() -> st.App:
    logs.configure_logs(current_settings().log_level)
    return asgi_app()


def __getattr__(name: str) -> Any:
    """Provide `clicnjob.server:app` for any ASGI server, built on first access because that reads the settings."""
    if name == "app":
        return _default_app()
    raise AttributeError(name)
