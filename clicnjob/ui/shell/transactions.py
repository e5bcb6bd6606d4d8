"""The one way a page changes the database: an action in a transaction, for the person signed in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlmodel import Session

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.errors import Refusal, StaleWork
from clicnjob.ui.shell import pending_actions, run_cache, session_state, signed_in

Result = TypeVar("Result", covariant=True)
BAG = "bag"  # the bag in the run cache; any action may change it
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved(Generic[Result]):
    """An action that was saved, with what it returned. It is always true, also when the action returned nothing."""

    result: Result


def run_action(action: Callable[[Session, Present], Result]) -> Saved[Result] | None:
    """Run one action in one transaction for the person signed in now; return None if it was not saved.

    A refusal rolls everything back and its sentence is shown on the next run.
    """
    try:
        return save_or_raise(action)
    except StaleWork as newer:
        session_state.tell_once(newer.sentence)
        session_state.renew_widgets()
        return None


def save_or_raise(
    action: Callable[[Session, Present], Result], *, who: Callable[[], Present | None] = signed_in.present_now
) -> Saved[Result] | None:
    """Run the action and record whether it was saved. Raises StaleWork when newer work was saved elsewhere.

    `who` is `signed_in.person_here` for actions that only change the person's own answers: they cannot end the sign-in,
    so the page that follows need not look it up again.
    """
    run_cache.forget_read(BAG)
    try:
        me = who()
        if me is None:
            return None
        with db.write_transaction() as session:
            result = action(session, me)
    except StaleWork:
        raise
    except Refusal as refusal:
        session_state.tell_once(refusal.sentence)
        session_state.mark_saved(False)
        return None
    except db.CANNOT as error:
        _LOG.warning("the database cannot write", extra={"fields": {"kind": db.error_reason(error)}})
        session_state.mark_saved(False)
        pending_actions.mark_stuck(True)
        return None
    session_state.mark_saved(True)
    return Saved(result)
