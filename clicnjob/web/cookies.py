"""The cookies of ours: HttpOnly, for the whole host and nobody else, and never sent in clear where the address is https."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from clicnjob.config import cookie_name, settings


def read_cookie(connection: HTTPConnection, name: str) -> str:
    """What the browser sent under a name of ours; '' for nothing."""
    return connection.cookies.get(cookie_name(name), "")


def set_cookie(
    answer: Response,
    name: str,
    value: str,
    *,
    lasts: timedelta | None = None,
    same_site: Literal["lax", "strict"] = "strict",
) -> None:
    """Give the browser a cookie, which goes with the browser unless it `lasts`."""
    answer.set_cookie(
        cookie_name(name), value, max_age=int(lasts.total_seconds()) if lasts else None,
        path="/", secure=settings().secure, httponly=True, samesite=same_site,
    )  # fmt: skip


def delete_cookie(answer: Response, name: str) -> None:
    """Take it back; a browser only believes it in the same form as it was given."""
    answer.delete_cookie(cookie_name(name), path="/", secure=settings().secure, httponly=True, samesite="strict")
