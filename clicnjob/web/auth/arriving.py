"""Which page a professional sees first after signing in."""

from __future__ import annotations

from clicnjob import db, models
from clicnjob.accounts import presence, structure_settings
from clicnjob.models import Account, Role

FIRST_SETTINGS = "/premiers-reglages"


def landing(account: Account, back: str) -> str:
    """Return the requested page, or the first settings for the head or admin of an organisation not yet set up."""
    if back != "/":
        return back
    with db.reading() as session:
        acting = presence.acting(session, account.id, now=models.now())
        if not acting.roles & {Role.HEAD, Role.ADMIN}:
            return back
        chosen = structure_settings.current(session, organisation_id=account.organisation_id)
    return back if chosen.version else FIRST_SETTINGS
