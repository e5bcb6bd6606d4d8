"""The one way in which a text box keeps what is typed: a second after the last key, and over a restart or a full disk.

* A box commits by itself (Streamlit's `live`, or static/keeping.js for several lines); its callback saves.
* What the database could not take waits (`pending_acts`) and is done again.
* In a new session of the same tab, a box whose text is not what is kept says so by the word that the tab carries
  (`tab_memory`): typed on top of what is kept, it is saved; older than what is kept, the kept one is shown; changed on both
  sides, the kept one stays and the person is asked.
* `report_to_browser` says which very text of each box is in the database: keeping.js shows « Enregistré » for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from clicnjob import policy
from clicnjob.errors import Refusal
from clicnjob.ui import frame, once, pending_acts, state, tab_memory

Take = Callable[[str], bool]  # saves a text and says whether it is in the database; raises Refusal
_DIGITS = 0  # in place of a longest text: the box holds a number
_DRAWN = "boxes_drawn"
_SENT = "boxes_sent"  # by key: the check sum of the text that was saved, and of what was then kept
_SHOW = "boxes_to_show"  # by key: a text to put in the box at its next drawing
_OTHER = "boxes_other"  # by key: a text that was typed on an older one, until the person chooses
_AGAIN = "boxes_again"  # the page must be drawn anew: a box was saved, or is to be filled, while it was being drawn
_MOST_AGAIN = 3  # in a row: two boxes that undo each other must not draw the page for ever


@dataclass(frozen=True, slots=True)
class Box:
    """One text box: what is kept as the box shows it, what saves another text, and its longest text."""

    key: str
    kept: str
    take: Take
    most: int


def draw_line(
    label: str, *, name: str, kept: str, take: Take, most: int = policy.LINE_LENGTH, placeholder: str | None = None
) -> None:
    """One line of text. A text that cannot be kept stays in the box, with a sentence below that says what to do."""
    box = _box(name, kept, take, most)
    typed = st.text_input(
        label,
        value=kept,
        key=box.key,
        max_chars=most,
        placeholder=placeholder,
        autocomplete="off",
        live="1s",
        on_change=_take,
        args=(box,),
    )
    _settle(box, _written(typed))


def draw_lines(label: str, *, name: str, kept: str, take: Take, most: int, height: int = 90) -> None:
    """Several lines of text."""
    box = _box(name, kept, take, most)
    typed = st.text_area(label, value=kept, key=box.key, max_chars=most, height=height, on_change=_take, args=(box,))
    _settle(box, _written(typed))


def draw_number(
    label: str,
    *,
    name: str,
    kept: int | None,
    take: Callable[[int | None], bool],
    bounds: tuple[int, int],
    step: int,
    placeholder: str,
) -> None:
    """A whole number between two, or nothing. The browser itself says when a number is out of bounds."""

    def take_text(typed: str) -> bool:
        return take(int(typed) if typed else None)

    box = _box(name, _written(kept), take_text, _DIGITS)
    typed = st.number_input(
        label,
        min_value=bounds[0],
        max_value=bounds[1],
        value=kept,
        step=step,
        key=box.key,
        placeholder=placeholder,
        on_change=_take,
        args=(box,),
    )
    _settle(box, _written(typed))


def draw_message(
    label: str, *, key: str, most: int | None = None, height: int = 0, placeholder: str | None = None
) -> str:
    """A text that goes by the button of its form. It stays in its box until the act is done and says so (`clear_messages`)."""
    _fill(key, str)
    if height:
        return st.text_area(label, key=key, max_chars=most, height=height, placeholder=placeholder) or ""
    return st.text_input(label, key=key, max_chars=most, placeholder=placeholder, autocomplete="off") or ""


def clear_messages(*keys: str) -> None:
    """These messages went: their boxes are empty at the next drawing."""
    _texts(_SHOW).update({key: "" for key in keys if key})


def box_key(name: str) -> str:
    """The widget key of a box."""
    return state.key("kept", name)


def report_to_browser() -> None:
    """Say to keeping.js which texts are kept. Once a run, after everything else; draws the page anew when it must."""
    if once.peek(_AGAIN, bool) and (again := st.session_state.get(_AGAIN, 0)) < _MOST_AGAIN:
        st.session_state[_AGAIN] = again + 1
        st.rerun()
    st.session_state[_AGAIN] = 0
    if once.peek(tab_memory.KEY, bool):
        return
    once.put(tab_memory.KEY, True)
    words = state.to_carry()
    if not words:
        return
    drawn: dict[str, Box] = once.read(_DRAWN, dict)
    faults = state.faults()
    words["boxes"] = {tab_memory.css_class_of(box.key): [*_sent_of(box), box.most] for box in drawn.values()}
    words["faults"] = [tab_memory.css_class_of(key) for key in drawn if key in faults]
    words["stuck"] = pending_acts.is_stuck()
    tab_memory.draw_memory(words)


def _box(name: str, kept: str, take: Take, most: int) -> Box:
    key = box_key(name)
    _fill(key, str if most != _DIGITS else lambda text: int(text) if text else None)
    return Box(key, kept, take, most)


def _fill(key: str, read: Callable[[str], str | int | None]) -> None:
    """Put in a box, before it is drawn, the text that waits for it."""
    if (text := _texts(_SHOW).pop(key, None)) is not None:
        st.session_state[key] = read(text)


def _take(box: Box) -> None:
    _keep(box, _written(st.session_state[box.key]))


def _written(value: str | int | None) -> str:
    """What a widget holds, as its box shows it."""
    return "" if value is None else str(value)


def _keep(box: Box, typed: str) -> bool:
    return pending_acts.do_or_wait(box.key, partial(_try, box, typed))


def _try(box: Box, typed: str) -> bool:
    try:
        saved = box.take(typed)
    except Refusal as refusal:
        state.fault(box.key, refusal.sentence)
        state.mark_saved(False)
        return False
    state.fault(box.key)
    if saved:
        _sent()[box.key] = (tab_memory.checksum_of(typed), None)
    return saved


def _settle(box: Box, typed: str) -> None:
    """After a box was drawn: what it holds against what is kept, then what there is to say below it."""
    drawn: dict[str, Box] = once.read(_DRAWN, dict)
    drawn[box.key] = box
    _compare(box, typed)
    if (other := _texts(_OTHER).get(box.key)) is not None:
        _ask_which(box, other)
    if sentence := state.faults().get(box.key):
        st.error(frame.plain(sentence), icon=":material/front_hand:")


def _compare(box: Box, typed: str) -> None:
    """Whether the text in the box is the one that is kept, an older one, or one that is not saved yet."""
    now, shown = tab_memory.checksum_of(box.kept), tab_memory.checksum_of(typed)
    if (left := state.left_off(tab_memory.css_class_of(box.key))) is not None:
        _sent()[box.key] = left
    known = box.key in _sent()
    sent, base = _sent().get(box.key, (shown, None))
    if typed == box.kept:
        _sent()[box.key] = (now, now)
    elif shown == sent and known and base in (None, now):
        _sent()[box.key] = (sent, now)
    elif shown == sent:  # changed elsewhere since; or a tab of an earlier visit sent what nobody here typed
        _sent().pop(box.key, None)
        _show(box.key, box.kept)
    elif left is not None or _may_retry(box):
        _go_on(box, typed, base)


def _may_retry(box: Box) -> bool:
    """Whether the page asked for it, and the text is neither refused nor waiting already."""
    return pending_acts.retry_requested() and not pending_acts.is_waiting(box.key) and box.key not in state.faults()


def _go_on(box: Box, typed: str, base: int | None) -> None:
    """A text that is not saved yet: it goes on from what is kept, or what is kept was changed elsewhere meanwhile."""
    once.put(_AGAIN, True)
    if base == tab_memory.checksum_of(box.kept) or (box.kept and typed.strip().startswith(box.kept)):
        _keep(box, typed)
        return
    _texts(_OTHER)[box.key] = typed
    _sent().pop(box.key, None)
    _show(box.key, box.kept)


def _ask_which(box: Box, other: str) -> None:
    """Two texts: the kept one is in the box, the one that was typed stands below."""
    with st.container(key=f"cj-other-{box.key}"):
        st.html('<p class="cj-unsaved" role="alert">Ce texte n’est plus celui qui est gardé. Tu avais écrit\u00a0:</p>')
        st.text(other)
        with st.container(horizontal=True):
            st.button("Reprendre mon texte", key=f"other-yes-{box.key}", on_click=_choose, args=(box, other))
            st.button("Laisser comme c’est", key=f"other-no-{box.key}", type="tertiary", on_click=_choose, args=(box,))


def _choose(box: Box, text: str | None = None) -> None:
    _texts(_OTHER).pop(box.key, None)
    if text is not None:
        _keep(box, text)
        _texts(_SHOW)[box.key] = text


def _show(key: str, text: str) -> None:
    _texts(_SHOW)[key] = text
    once.put(_AGAIN, True)


def _sent_of(box: Box) -> tuple[int, int]:
    """The check sums of the text that is in the database when the box shows it, and of the kept text that it became."""
    now = tab_memory.checksum_of(box.kept)
    sent, base = _sent().get(box.key, (now, now))
    return sent, now if base is None else base


def _sent() -> dict[str, tuple[int, int | None]]:
    sent: dict[str, tuple[int, int | None]] = st.session_state.setdefault(_SENT, {})
    return sent


def _texts(name: str) -> dict[str, str]:
    texts: dict[str, str] = st.session_state.setdefault(name, {})
    return texts
