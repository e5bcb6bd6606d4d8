"""Which page a professional sees first after signing in."""

from __future__ import annotations

from clicnjob import db, models
from clicnjob.accounts import presence, structure_settings
from clicnjob.models import MANAGING_ROLES, Account

FIRST_SETTINGS = "/premiers-reglages"


def landing_page(account: Account, back: str) -> str:
    """Return the requested page, or the first settings for the head or admin of an organisation not yet set up."""
    if back != "/":
        return back
    with db.read_transaction() as session:
        acting = presence.acting_person(session, account.id, now=models.utc_now())
        if not acting.roles & MANAGING_ROLES:
            return back
        chosen = structure_settings.current_settings(session, organisation_id=account.organisation_id)
    return back if chosen.version else FIRST_SETTINGS
