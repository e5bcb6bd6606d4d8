"""Who is ticked in « Mes jeunes »: ids in the session, over all pages and filters until they are cleared."""

from __future__ import annotations

from collections.abc import Iterable

from clicnjob import policy
from clicnjob.ui.shell import session_state
from clicnjob.ui.widgets.people_table import Ticks

_OWN_STEP = 1_000  # a change that the browser did not make outruns the ticks that are still on their way
_FULL = f"Pas plus de {policy.PEOPLE_AT_ONCE} jeunes à la fois. Les autres ne sont pas cochés."


def of_session() -> Ticks:
    """Return the ticks as the table shows and changes them."""
    version, ids = session_state.TICKED.get()
    return Ticks(version, ids, _change_page)


def ticked_ids() -> frozenset[str]:
    """Return who is ticked, as the browser said: every act checks that they may be read."""
    return session_state.TICKED.get()[1]


def tick_people(ids: Iterable[str]) -> None:
    """Tick these people besides those who are."""
    _put_ticks(session_state.TICKED.get()[0] + _OWN_STEP, ticked_ids() | frozenset(ids))


def clear_ticks() -> None:
    """Tick nobody."""
    _put_ticks(session_state.TICKED.get()[0] + _OWN_STEP, frozenset())
    session_state.MANY_ACT.clear()


def _change_page(version: int, page: frozenset[str], chosen: frozenset[str]) -> None:
    """Put what the browser says of one page; the ticks of other pages stay."""
    if version > session_state.TICKED.get()[0]:
        _put_ticks(version, (ticked_ids() - page) | chosen)


def _put_ticks(version: int, ids: frozenset[str]) -> None:
    if len(ids) > policy.PEOPLE_AT_ONCE:
        ids = frozenset(sorted(ids)[: policy.PEOPLE_AT_ONCE])
        version += _OWN_STEP
        session_state.tell_once(_FULL)
    session_state.TICKED.set((version, ids))
