"""The inputs of the guided CV: text boxes, choices, checkboxes. Each answer is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from clicnjob import policy, text, typeset
from clicnjob.cv.document import printable
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, open_work, pending_actions, session_state

Put = Callable[[Profile, Cv, str], None]
Check = Callable[[str], str]
Pick = Callable[[Profile, Cv, str | None], None]
Ticked = Callable[[Profile, Cv, bool], None]
_LOST_SHOWN = 8


def ask_line(
    label: str,
    *,
    name: str,
    value: str,
    put: Put,
    check: Check = text.clean_line,
    example: str = "",
    most: int = policy.LINE_LENGTH,
) -> None:
    """Draw a box of one line; its text is checked, cleaned and saved while the person types."""
    placeholder = f"Exemple\u00a0: {example}" if example else None
    text_boxes.draw_line(label, name=name, kept=value, take=_text_taker(put, check), most=most, placeholder=placeholder)
    _tell_unprinted(value)


def ask_text(
    label: str, *, name: str, value: str, put: Put, check: Check = text.clean_line, most: int = policy.LINE_LENGTH
) -> None:
    """Draw a box of a few lines."""
    text_boxes.draw_lines(label, name=name, kept=value, take=_text_taker(put, check), most=most)
    _tell_unprinted(value)


def one_of(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    chosen: str | None,
    put: Pick,
    shown: Callable[[str], str] = str,
    then: Callable[[], None] | None = None,
) -> None:
    """Draw short choices, at most one selected; `then` is called once a choice is saved."""
    take = _choice_taker(put)
    choice_boxes.draw_choice(label, options, name=name, chosen=chosen, take=take, shown=shown, then=then)


def choice_of_lines(label: str, options: Sequence[str], *, name: str, chosen: str | None, put: Pick) -> None:
    """Draw whole sentences, at most one selected."""
    choice_boxes.draw_sentences(label, options, name=name, chosen=chosen, take=_choice_taker(put))


def touch_line(options: Sequence[str], *, name: str, put: Pick, then: Callable[[], None]) -> None:
    """Draw whole sentences as buttons: touching one saves it, then `then` goes on."""
    take = _choice_taker(put)

    def choose(line: str) -> None:
        if take(line):
            session_state.renew_widgets()
            then()

    choice_boxes.draw_tiles([(line, "", line) for line in options], name=f"lines-{name}", choose=choose)


def some_of(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    chosen: Sequence[str],
    put: Callable[[Profile, Cv, list[str]], None],
    shown: Callable[[str], str] = str,
) -> None:
    """Draw short choices, any number selected."""
    key = session_state.widget_key("some", name)
    st.pills(
        label,
        options,
        selection_mode="multi",
        default=[option for option in options if option in chosen],
        key=key,
        format_func=lambda option: layout.escape_markdown(shown(option)),
        label_visibility="collapsed",
        on_change=_take_choices,
        args=(key, put),
    )


def ask_tick(label: str, *, name: str, ticked: bool, put: Ticked) -> None:
    """Draw one sentence with a checkbox."""
    cv_id = session_state.cv_id()

    def take(now_ticked: bool) -> bool:
        return open_work.change_cv(lambda profile, cv: put(profile, cv, now_ticked), cv_id=cv_id)

    choice_boxes.draw_tick(label, name=name, ticked=ticked, take=take)


def ask_number(
    label: str, *, name: str, value: int | None, example: int, put: Callable[[Profile, Cv, int | None], None]
) -> None:
    """Draw a box for a whole number from 1 to 100 000, or nothing."""
    cv_id = session_state.cv_id()

    def take(given: int | None) -> bool:
        return open_work.change_cv(lambda profile, cv: put(profile, cv, given or None), cv_id=cv_id)

    placeholder = f"Exemple\u00a0: {example}"
    text_boxes.draw_number(label, name=name, kept=value, take=take, bounds=(1, 100_000), placeholder=placeholder)


def _tell_unprinted(value: str) -> None:
    """Say which signs of a stored text the page cannot print; « Enregistré » alone would promise that it does."""
    lost = typeset.uncovered_characters(value)
    if not lost:
        return
    if printable.drawable_text(value):
        words = f"Ces signes ne s’impriment pas\u00a0: {' '.join(lost[:_LOST_SHOWN])}. Le reste sera sur ta page."
    else:
        words = "C’est gardé, mais ces signes ne s’impriment pas. Écris avec les lettres a, b, c…"
    st.html(f'<p class="cj-unprinted" role="status">{escape(words)}</p>')


def _text_taker(put: Put, check: Check) -> text_boxes.Take:
    """Return a callback that saves a text in the CV selected now, even if the database can write only later."""
    cv_id = session_state.cv_id()

    def take(typed: str) -> bool:
        kept = check(typed)
        return open_work.change_cv(lambda profile, cv: put(profile, cv, kept), cv_id=cv_id)

    return take


def _choice_taker(put: Pick) -> choice_boxes.TakeChoice:
    cv_id = session_state.cv_id()
    return lambda chosen: open_work.change_cv(lambda profile, cv: put(profile, cv, chosen), cv_id=cv_id)


def _take_choices(key: str, put: Callable[[Profile, Cv, list[str]], None]) -> None:
    chosen: list[str] = session_state.widget_value(key, list) or []
    cv_id = session_state.cv_id()
    pending_actions.do_or_wait(
        key, lambda: open_work.change_cv(lambda profile, cv: put(profile, cv, chosen), cv_id=cv_id)
    )
