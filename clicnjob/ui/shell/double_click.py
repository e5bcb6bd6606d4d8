"""The second click of a double click on a form does nothing, and leaves on the screen what the first one showed.

The browser sends it with the boxes as they were typed, before it has drawn what the first one did: a message would leave
twice, and a new card, shown once, would be gone before anybody has read it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from clicnjob.ui.shell import session_state, tab_memory
from clicnjob.ui.shell.session_state import SentForm

_AFTER_SAVING, _AFTER_ASKING = 3.0, 1.0  # seconds within which it is heard, on a computer that does much else


def act_at_first_click(form: str, boxes: Sequence[str], act: Callable[..., None], *args: object) -> None:
    """Call `act` with `args`, for the `on_click` of a form, unless it is the second click of a double click.

    That is the same `form`, with the same in its `boxes` (widget keys), a moment after the first one was saved or answered by a
    question. Without boxes, or when all of them are empty, only after it was saved. What was refused may be sent again at once.
    """
    values = tuple(session_state.widget_value(key, object) for key in boxes)
    mark, before = tab_memory.checksum_of(repr((form, values))), session_state.SENT_FORM.get()
    if before is not None and before.mark == mark and time.monotonic() < before.until:
        _show_again(before)
        return
    session_state.SENT_FORM.clear()
    known = session_state.is_saved()
    session_state.forget_saved()
    act(*args)
    saved = session_state.is_saved()
    if saved is None and known is not None:
        session_state.mark_saved(known)
    if saved or (saved is None and any(values)):
        until = time.monotonic() + (_AFTER_SAVING if saved else _AFTER_ASKING)
        session_state.SENT_FORM.set(_sent_form(mark, until=until))


def _sent_form(mark: int, *, until: float) -> SentForm:
    sentences = session_state.sentences_to_show()
    for sentence in sentences:
        session_state.tell_once(sentence)
    return SentForm(
        mark, until, tuple(sentences), tuple(session_state.BOXES_TO_SHOW.entries()),
        session_state.CARD_CODE.get(), session_state.TEAM_LINK.get(), session_state.CALENDAR_TOKEN.get(),
    )  # fmt: skip


def _show_again(sent: SentForm) -> None:
    waiting = session_state.sentences_to_show()
    for sentence in (*sent.sentences, *(one for one in waiting if one not in sent.sentences)):
        session_state.tell_once(sentence)
    session_state.BOXES_TO_SHOW.entries().update(dict.fromkeys(sent.emptied, ""))
    session_state.CARD_CODE.set(sent.card)
    session_state.TEAM_LINK.set(sent.link)
    session_state.CALENDAR_TOKEN.set(sent.calendar)
