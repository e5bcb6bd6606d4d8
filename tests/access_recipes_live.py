"""How the functions of what is pushed and asked live are called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob.models import Workshop, WorkshopHelp, WorkshopHint
from clicnjob.workshops import permissions
from clicnjob.workshops.live import help_requests, participant_screen, progress, pushing
from tests.access_world import OWN, Case
from tests.cohort_people import NOW

Recipe = Callable[[Case], Any]


def _ran(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about."""
    return {"by": c.me, "workshop_id": c.it.workshop}


def _led(c: Case) -> dict[str, Any]:
    """A session of whoever the case is about, which runs now and has a plan of one step."""
    if workshop := c.running().session.get(Workshop, c.it.workshop):
        workshop.plan = {"etapes": [{"titre": "On écrit", "minutes": 10, "activite": "papier"}]}
    return {**_ran(c), "now": NOW}


def _asked(c: Case) -> str:
    """A call for help of somebody in that session. Its identifier, or an unknown one."""
    whom = c.participant()
    if whom == c.it.workshop:
        return whom
    row = WorkshopHelp(workshop_id=c.it.workshop, participant_id=whom, reason="ecrire", asked_at=NOW)
    c.session.add(row)
    c.session.flush()
    return row.id


def _hinted(c: Case) -> str:
    """A hint in the session of the case: the actor's own where the case is theirs, else that of another participant."""
    whom = c.participant()
    place = permissions.own_participation(c.taking_part().session, of=c.me, now=NOW) if whom != c.it.workshop else None
    if place and c.it is c.world.things.get((c.me.role.value, OWN)):
        whom = place.participant_id
    if whom == c.it.workshop:
        return whom
    row = WorkshopHint(participant_id=whom, sentence="Relis", sent_at=NOW)
    c.session.add(row)
    c.session.flush()
    return row.id


ON_SOMEBODY: dict[str, Recipe] = {
    "workshops.live.pushing.push_activity": lambda c: pushing.push_activity(c.session, **_led(c), activity="papier"),
    "workshops.live.pushing.push_step": lambda c: pushing.push_step(c.session, **_led(c), step=0),
    "workshops.live.pushing.start_timer": lambda c: pushing.start_timer(c.session, **_led(c), minutes=5),
    "workshops.live.pushing.stop_timer": lambda c: pushing.stop_timer(c.session, **_led(c)),
    "workshops.live.pushing.pause_group": lambda c: pushing.pause_group(c.session, **_led(c), minutes=2),
    "workshops.live.pushing.resume_group": lambda c: pushing.resume_group(c.session, **_led(c)),
    "workshops.live.help_requests.mark_help_seen": lambda c: help_requests.mark_help_seen(
        c.session, by=c.me, help_id=_asked(c), now=NOW
    ),
    "workshops.live.help_requests.mark_help_done": lambda c: help_requests.mark_help_done(
        c.session, by=c.me, help_id=_asked(c), now=NOW
    ),
    "workshops.live.help_requests.put_hint_away": lambda c: help_requests.put_hint_away(
        c.session, by=c.me, hint_id=_hinted(c), now=NOW
    ),
    "workshops.live.help_requests.send_hint": lambda c: help_requests.send_hint(
        c.session, **_led(c), participant_id=c.participant(), sentence="Relis"
    ),
    "workshops.live.progress.mark_stuck_seen": lambda c: progress.mark_stuck_seen(
        c.session, **_led(c), participant_id=c.participant()
    ),
    "workshops.live.progress.group_progress": lambda c: progress.group_progress(c.session, **_led(c)),
}

ON_ONESELF: dict[str, Recipe] = {
    "workshops.live.help_requests.ask_help": lambda c: help_requests.ask_help(
        c.taking_part().session, by=c.me, reason="ecrire", now=NOW
    ),
    "workshops.live.help_requests.withdraw_help": lambda c: help_requests.withdraw_help(
        c.taking_part().session, by=c.me, now=NOW
    ),
    "workshops.live.participant_screen.participant_view": lambda c: participant_screen.participant_view(
        c.taking_part().session, of=c.me, now=NOW
    ),
}

# Nothing given is as good as « non » here: these filter instead of refusing.
FILTERING = {
    "workshops.live.participant_screen.participant_view",
}
