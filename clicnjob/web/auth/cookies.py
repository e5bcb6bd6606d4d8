"""Reads and sets our cookies: HttpOnly, limited to this host, and Secure where the public address is https."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from starlette.requests import HTTPConnection
from starlette.responses import Response

from clicnjob.config import cookie_name, current_settings


def read_cookie(connection: HTTPConnection, name: str) -> str:
    """Return the value of one of our cookies, '' when the browser sent none."""
    return connection.cookies.get(cookie_name(name), "")


def set_cookie(
    answer: Response,
    name: str,
    value: str,
    *,
    lasts: timedelta | None = None,
    same_site: Literal["lax", "strict"] = "strict",
) -> None:
    """Set a cookie on `answer`; without `lasts` it disappears when the browser closes."""
    answer.set_cookie(
        cookie_name(name), value, max_age=int(lasts.total_seconds()) if lasts else None,
        path="/", secure=current_settings().secure, httponly=True, samesite=same_site,
    )  # fmt: skip


def delete_cookie(answer: Response, name: str) -> None:
    """Delete a cookie. Browsers only do so when path and flags are those it was set with."""
    answer.delete_cookie(
        cookie_name(name), path="/", secure=current_settings().secure, httponly=True, samesite="strict"
    )
