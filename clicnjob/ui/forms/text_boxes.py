"""Text boxes that save what is typed within a second, even across a restart of the server or a full disk.

* A box commits by itself (Streamlit's `live`, or static/keeping.js for several lines), and its callback saves. Both wait
  half a second after the last key, so that the text is stored within a second of it.
* A text that the database could not store waits in `pending_actions` and is retried.
* In a new session of the same tab, `tab_memory` tells which stored text each box was based on. A text typed on the
  current one is saved; an older text gives way to the stored one; if both changed, the stored text stays and the person
  chooses.
* `report_to_browser` sends the checksum of each stored text, and keeping.js shows « Enregistré » only while the boxes
  match. It also sends how much each box of the page holds, for pasted texts (static/pasting.js).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.french import numbers
from clicnjob.ui.shell import layout, pending_actions, run_cache, session_state, tab_memory

Take = Callable[[str], bool]  # saves a text, returns whether it was stored, raises Refusal
_REST = "500ms"  # after the last key, as in keeping.js
_DIGITS = 12  # characters of a number as people write it
_DRAWN = "boxes_drawn"
_LIMITS = "box_limits"
_AGAIN = "boxes_again"  # a rerun is needed: a box was saved, or has to be filled, during rendering
_MOST_AGAIN = 3  # consecutive reruns, so that two boxes undoing each other cannot loop for ever


@dataclass(frozen=True, slots=True)
class Box:
    """One text box: its widget key, the stored text as the box shows it, and the callback that saves."""

    key: str
    kept: str
    take: Take


def draw_line(
    label: str, *, name: str, kept: str, take: Take, most: int = policy.LINE_LENGTH, placeholder: str | None = None
) -> None:
    """Draw a box of one line. A refused text stays in it, with the sentence of the refusal below."""
    box = _make_box(name, kept, take, most)
    typed = st.text_input(
        label,
        value=kept,
        key=box.key,
        max_chars=most,
        placeholder=placeholder,
        autocomplete="off",
        live=_REST,
        on_change=_take_box,
        args=(box,),
    )
    _settle_box(box, typed or "")


def draw_lines(label: str, *, name: str, kept: str, take: Take, most: int, height: int = 90) -> None:
    """Draw a box of several lines; `height` is in pixels."""
    box = _make_box(name, kept, take, most)
    typed = st.text_area(
        label, value=kept, key=box.key, max_chars=most, height=height, on_change=_take_box, args=(box,)
    )
    _settle_box(box, typed or "")


def draw_number(
    label: str,
    *,
    name: str,
    kept: int | None,
    take: Callable[[int | None], bool],
    bounds: tuple[int, int],
    placeholder: str,
) -> None:
    """Draw a box for a whole number within `bounds`, or nothing. A sentence below says which numbers are possible.

    It is a text box: Streamlit's number box shows a mute « ! » and goes back to the number before.
    """

    def take_text(typed: str) -> bool:
        return take(numbers.typed_number(typed, bounds) if typed.strip() else None)

    shown = "" if kept is None else str(kept)
    draw_line(label, name=f"number-{name}", kept=shown, take=take_text, most=_DIGITS, placeholder=placeholder)


def draw_message(
    label: str,
    *,
    key: str,
    most: int = policy.LINE_LENGTH,
    height: int = 0,
    placeholder: str | None = None,
    value: str = "",
) -> str:
    """Draw a text box of a form and return its text. The text stays until the action succeeds (`clear_messages`)."""
    _fill_box(key)
    note_limit(key, most)
    if height:
        return st.text_area(label, value, key=key, max_chars=most, height=height, placeholder=placeholder) or ""
    return st.text_input(label, value, key=key, max_chars=most, placeholder=placeholder, autocomplete="off") or ""


def clear_messages(*keys: str) -> None:
    """Empty the boxes of messages that were sent, on the next run."""
    session_state.BOXES_TO_SHOW.entries().update({key: "" for key in keys if key})


def box_key(name: str) -> str:
    """Return the widget key of a box."""
    return session_state.widget_key("kept", name)


def typed_text(name: str) -> str | None:
    """Return what the browser last sent of a box, or None before it was drawn."""
    return session_state.widget_value(box_key(name), str)


def empty_box(name: str) -> None:
    """Empty a box whose text was sent, on the next run."""
    key = box_key(name)
    session_state.BOXES_SENT.entries().pop(key, None)
    session_state.BOXES_TO_SHOW.entries()[key] = ""


def show_saved(name: str, text: str) -> None:
    """Put a text that was just saved into its box, from a callback.

    At once, because the box's own callback may follow in the same run, and would save what it held before.
    """
    key = box_key(name)
    session_state.BOXES_SENT.entries().pop(key, None)
    session_state.set_widget_value(key, text)


def note_limit(key: str, most: int) -> None:
    """Tell the browser how many characters the box of a widget key holds, for a pasted text (static/pasting.js)."""
    run_cache.read_once(_LIMITS, dict[str, int])[tab_memory.css_class_of(key)] = most


def report_to_browser() -> None:
    """Tell keeping.js which texts are stored, and rerun the page if a box needs it.

    Call it once a run, after everything else.
    """
    if run_cache.peek_read(_AGAIN, bool) and (again := session_state.BOXES_AGAIN.get()) < _MOST_AGAIN:
        session_state.BOXES_AGAIN.set(again + 1)
        st.rerun()
    session_state.BOXES_AGAIN.set(0)
    if run_cache.peek_read(tab_memory.KEY, bool):
        return
    run_cache.put_read(tab_memory.KEY, True)
    words = tab_memory.to_carry()
    if not words:
        return
    drawn: dict[str, Box] = run_cache.read_once(_DRAWN, dict)
    faults = session_state.current_faults()
    words["boxes"] = {tab_memory.css_class_of(box.key): _sent_of(box) for box in drawn.values()}
    words["faults"] = [tab_memory.css_class_of(key) for key in drawn if key in faults]
    words["limits"] = run_cache.read_once(_LIMITS, dict[str, int])
    words["stuck"] = pending_actions.is_stuck()
    tab_memory.draw_memory(words)


def _make_box(name: str, kept: str, take: Take, most: int) -> Box:
    key = box_key(name)
    _fill_box(key)
    note_limit(key, most)
    return Box(key, kept, take)


def _fill_box(key: str) -> None:
    """Put the text that waits for a box into it; Streamlit allows this only before the box is drawn."""
    if (text := session_state.BOXES_TO_SHOW.entries().pop(key, None)) is not None:
        session_state.set_widget_value(key, text)


def _take_box(box: Box) -> None:
    _keep_text(box, session_state.widget_value(box.key, str) or "")


def _keep_text(box: Box, typed: str) -> bool:
    return pending_actions.do_or_wait(box.key, partial(_try_to_save, box, typed))


def _try_to_save(box: Box, typed: str) -> bool:
    try:
        saved = box.take(typed)
    except Refusal as refusal:
        session_state.set_fault(box.key, refusal.sentence)
        session_state.mark_saved(False)
        return False
    session_state.set_fault(box.key)
    if saved:
        session_state.BOXES_SENT.entries()[box.key] = (tab_memory.checksum_of(typed), None)
    return saved


def _settle_box(box: Box, typed: str) -> None:
    """Compare a drawn box with the stored text, then draw what there is to say below it."""
    drawn: dict[str, Box] = run_cache.read_once(_DRAWN, dict)
    drawn[box.key] = box
    _compare_texts(box, typed)
    if (other := session_state.BOXES_OTHER.entries().get(box.key)) is not None:
        _ask_which(box, other)
    if sentence := session_state.current_faults().get(box.key):
        st.error(layout.escape_markdown(sentence), icon=":material/front_hand:")


def _compare_texts(box: Box, typed: str) -> None:
    """Tell whether the text in the box is the stored one, an older one, or one that is not saved yet."""
    now, shown = tab_memory.checksum_of(box.kept), tab_memory.checksum_of(typed)
    if (left := tab_memory.left_off(tab_memory.css_class_of(box.key))) is not None:
        session_state.BOXES_SENT.entries()[box.key] = left
    known = box.key in session_state.BOXES_SENT.entries()
    sent, base = session_state.BOXES_SENT.entries().get(box.key, (shown, None))
    if typed == box.kept:
        session_state.BOXES_SENT.entries()[box.key] = (now, now)
    elif shown == sent and known and base in (None, now):
        session_state.BOXES_SENT.entries()[box.key] = (sent, now)
    elif shown == sent:  # changed elsewhere, or sent by a tab of an earlier sign-in without anybody typing it here
        session_state.BOXES_SENT.entries().pop(box.key, None)
        _show_text(box.key, box.kept)
    elif left is not None or _may_retry(box):
        _go_on(box, typed, base)


def _may_retry(box: Box) -> bool:
    """Whether the page requested a retry, and the text is neither refused nor waiting already."""
    return (
        pending_actions.retry_requested()
        and not pending_actions.is_waiting(box.key)
        and box.key not in session_state.current_faults()
    )


def _go_on(box: Box, typed: str, base: int | None) -> None:
    """Save an unsaved text if it is based on the stored one; otherwise keep both and let the person choose."""
    run_cache.put_read(_AGAIN, True)
    if base == tab_memory.checksum_of(box.kept) or (box.kept and typed.strip().startswith(box.kept)):
        _keep_text(box, typed)
        return
    session_state.BOXES_OTHER.entries()[box.key] = typed
    session_state.BOXES_SENT.entries().pop(box.key, None)
    _show_text(box.key, box.kept)


def _ask_which(box: Box, other: str) -> None:
    """Let the person choose: the stored text is in the box, the typed one below it."""
    with st.container(key=f"cj-other-{box.key}"):
        st.html(
            '<p class="cj-unsaved" role="alert">Ce texte n’est plus celui qui est gardé. L’autre, écrit ici\u00a0:</p>'
        )
        st.text(other)
        with st.container(horizontal=True):
            st.button("Reprendre mon texte", key=f"other-yes-{box.key}", on_click=_choose_text, args=(box, other))
            st.button(
                "Laisser comme c’est", key=f"other-no-{box.key}", type="tertiary", on_click=_choose_text, args=(box,)
            )


def _choose_text(box: Box, text: str | None = None) -> None:
    session_state.BOXES_OTHER.entries().pop(box.key, None)
    if text is not None:
        _keep_text(box, text)
        session_state.BOXES_TO_SHOW.entries()[box.key] = text


def _show_text(key: str, text: str) -> None:
    session_state.BOXES_TO_SHOW.entries()[key] = text
    run_cache.put_read(_AGAIN, True)


def _sent_of(box: Box) -> tuple[int, int]:
    """Return the checksums of the text whose saving the box may confirm, and of the stored text that resulted."""
    now = tab_memory.checksum_of(box.kept)
    sent, base = session_state.BOXES_SENT.entries().get(box.key, (now, now))
    return sent, now if base is None else base
