"""Where a professional arrives after signing in."""

from __future__ import annotations

from clicnjob import db, models
from clicnjob.accounts import presence, structure_settings
from clicnjob.models import Account, Role

FIRST_SETTINGS = "/premiers-reglages"


def landing(account: Account, back: str) -> str:
    """The page wanted; for who heads or administers a structure that nobody has set up yet, its first settings."""
    if back != "/":
        return back
    with db.reading() as session:
        acting = presence.acting(session, account.id, now=models.now())
        if not acting.roles & {Role.HEAD, Role.ADMIN}:
            return back
        chosen = structure_settings.current(session, organisation_id=account.organisation_id)
    return back if chosen.version else FIRST_SETTINGS
