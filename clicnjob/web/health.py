"""/sante: whether the app can serve, for a probe; nothing about anybody."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from clicnjob import db
from clicnjob.installation import release
from clicnjob.models import Organisation
from clicnjob.web.assets import own_address

_LOG = logging.getLogger(__name__)


async def health(_request: Request) -> Response:
    """200, or 503 when the database does not answer or was not migrated."""
    well = await run_in_threadpool(_database_answers)
    told = {"database": "ok" if well else "down", "version": release()}
    return JSONResponse(told, 200 if well else 503)


async def icon(_request: Request) -> Response:
    """Browsers ask for this address whatever the page says."""
    return RedirectResponse(own_address("favicon.svg"), 301)


def _database_answers() -> bool:
    try:
        with db.reading() as session:
            session.exec(select(Organisation.id).limit(1)).first()
    except (SQLAlchemyError, OSError):
        _LOG.exception("the database does not answer")
        return False
    return True


ROUTES = [
    Route("/sante", health, methods=["GET"]),
    Route("/favicon.ico", icon, methods=["GET"]),
]
