"""Saves one box of a plan or a lesson, and says below it what is still to be done; it gives way to no colleague unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from clicnjob import models
from clicnjob.errors import Refusal
from clicnjob.own_content import changes
from clicnjob.own_content.changes import ContentMistake, Path
from clicnjob.ui.shell import session_state, transactions

SetValue = Callable[..., tuple[int, str]]  # the act of the room that writes into a box of one plan or lesson


class NeedsNumber(Refusal):
    """The box of a number was emptied."""

    sentence = "Écrivez un nombre de minutes."


def tell_mistakes(mistakes: Sequence[ContentMistake], path: Path) -> None:
    """Say what is still to be done at exactly this place."""
    for one in mistakes:
        if one.path == path:
            st.html(f'<p class="cj-missing">{escape(one.sentence)}</p>')


def save_box(content_id: str, path: Path, shown: Any, value: Any, *, set_value: SetValue) -> bool:
    """Save one box. Raises the Refusal that the box shows below itself, whoever wrote in it meanwhile."""
    keys = sorted(value) if isinstance(value, dict) else []
    written, box = session_state.OWN_CONTENT_WRITTEN.entries(), "·".join((content_id, *path, *keys))
    # A run that is cut short leaves the box of the run before, which does not know what this tab wrote since.
    known = changes.value_fingerprint(shown), written.get(box, "")
    saved = transactions.save_or_raise(
        lambda session, me: set_value(session, by=me, path=path, value=value, shown=known, now=models.utc_now())
    )
    if saved is None:
        return False
    version, written[box] = saved.result
    # Only one's own change may be taken for seen: another one in between leaves the older version on the screen.
    if version == session_state.OWN_CONTENT_SHOWN.get() + 1:
        session_state.OWN_CONTENT_SHOWN.set(version)
    return True


def save_number(save: Callable[[int], bool], given: int | None) -> bool:
    """Save the box of a number. Raises NeedsNumber for an empty one, what `save` raises."""
    if given is None:
        raise NeedsNumber
    return save(given)


def save_chosen(save: Callable[[], bool]) -> None:
    """Save what was chosen; a refusal is told above, and the choice shows again what is stored."""
    try:
        save()
    except Refusal as refusal:
        session_state.tell_once(refusal.sentence)
        session_state.renew_widgets()
