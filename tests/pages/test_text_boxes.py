"""Text boxes that keep what is typed: when the database cannot write, in another session of the same tab, beside newer work."""

from __future__ import annotations

import ast
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from clicnjob import db, works
from clicnjob.cv.model import bag
from clicnjob.demo import people
from clicnjob.models import Account, Role
from clicnjob.paths import PACKAGE, PAGES, ROOT
from clicnjob.ui.shell import session_state, tab_memory
from tests import make
from tests.pages.conftest import html

TOWN = "kept·town·0"
Seat = Callable[[Role | None], Account | None]

# Where a box is drawn by Streamlit itself, and why nothing typed in it is work.
NO_WORK = {
    "pages/young/jobs.py": "a search",
    "clicnjob/ui/young/interview/choosing.py": "a search",
    "clicnjob/ui/young/guide/activity_search.py": "a search",
    "clicnjob/ui/adviser/cohort/filters.py": "a search",
    "clicnjob/ui/trainer/attendance.py": "a search",
    "clicnjob/ui/adviser/cards.py": "a search",
    "clicnjob/ui/admin/journal.py": "a search",
    "clicnjob/ui/trainer/board/seat_panel.py": "a number of computers, for a proposal",
    "clicnjob/ui/admin/member.py": "the end of a role, a date in a form that keeps it when refused",
    "clicnjob/ui/admin/alert_numbers.py": "numbers, in a form that keeps them when refused",
    "clicnjob/ui/young/privacy/erase.py": "a secret code",
    "clicnjob/ui/widgets/proof.py": "a password or a code",
    "clicnjob/ui/shell/tab_memory.py": "the hidden box in which a tab carries what it knows",
    "clicnjob/ui/young/learn/exercises/doing.py": "a try at a gesture: a made-up file name, a sentence to correct",
    "clicnjob/ui/forms/day_box.py": "the days of a period that is looked at",
    "clicnjob/ui/forms/text_boxes.py": "the shared way itself",
}


def test_every_text_box_is_drawn_the_shared_way_or_holds_no_work() -> None:
    assert _files_that_draw("text_input", "text_area", "number_input", "chat_input") == set(NO_WORK)


def test_no_day_is_asked_in_a_calendar_that_is_english() -> None:
    assert _files_that_draw("date_input", "datetime_input") == set(), "`day_box` has the boxes for a day"


def _files_that_draw(*elements: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for folder in (PACKAGE / "ui", PAGES)
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in elements
    }


def test_every_box_with_a_maximum_tells_it_to_the_browser() -> None:
    silent = [
        name
        for name in NO_WORK
        if "max_chars=" in (text := (ROOT / name).read_text(encoding="utf-8"))
        and "note_limit(" not in text
        and name != "clicnjob/ui/young/privacy/erase.py"  # what was cut of a secret code is not shown
    ]
    assert not silent, "a text pasted there would vanish without a word"


def test_no_form_empties_its_texts_before_the_act_is_done() -> None:
    emptying = [
        str(path.relative_to(ROOT))
        for folder in (PACKAGE / "ui", PAGES)
        for path in folder.rglob("*.py")
        if "clear_on_submit=True" in (text := path.read_text(encoding="utf-8"))
        and path.name != "proof.py"  # a password
        and any(word in text for word in ("draw_message(", "text_input(", "text_area("))
    ]
    assert not emptying


# One box with the town in it, and a button for what keeping.js asks by itself.
PAGE = """
import streamlit as st
from clicnjob.ui.forms import asking, text_boxes
from clicnjob.ui.shell import open_work, pending_actions, signed_in

now = open_work.opened_desk(signed_in.person_here())
st.title("Essai")
st.button("Encore", key="again", on_click=pending_actions.retry_pending)
asking.ask_line("Ville", name="town", value=now.profile.town, put=lambda profile, cv, value: setattr(profile, "town", value))
asking.ask_number("Combien", name="count", value=None, example=3, put=lambda profile, cv, value: None)
open_work.saved_mark()
text_boxes.report_to_browser()
"""


@pytest.fixture
def lina(sign_in: Seat) -> Account:
    account = sign_in(Role.YOUNG)
    assert account is not None
    with db.write_transaction() as session:
        people.fill_bag(session, account, *make.whole())
    return account


def opened() -> AppTest:
    return AppTest.from_string(PAGE, default_timeout=60).run()


def town(account: Account) -> str:
    with db.read_transaction() as session:
        kept = bag.own_bag(session, of=account)
    assert kept is not None
    return kept.profile.town


def change_elsewhere(account: Account, words: str) -> None:
    """The town is changed in another tab."""
    with db.write_transaction() as session:
        kept = bag.own_bag(session, of=account)
        assert kept is not None
        bag.save_answer(
            session,
            by=account,
            cv_id=kept.cvs[0].id,
            alter=lambda profile, cv: setattr(profile, "town", words),
            bases=kept.versions,
            operation=f"elsewhere-{words}",
        )


def memory(page: AppTest) -> dict[str, Any]:
    written = json.loads(page.text_input(tab_memory.KEY).value or "{}")
    assert isinstance(written, dict)
    return written


def after_restart(before: AppTest, typed: str) -> AppTest:
    """A new session of the same tab: the browser sends what its widgets hold, the hidden box too, and no act."""
    states = before._tree.get_widget_states()
    for sent in states.widgets:
        if sent.id.endswith(f"-{TOWN}"):
            sent.string_value = typed
    after = AppTest.from_string(PAGE, default_timeout=60)
    return after._run(states)


@contextmanager
def unwritable(engine: Engine) -> Iterator[None]:
    """Somebody else holds the write lock, and no connection of ours waits for it."""
    event.listen(engine, "connect", lambda made, _record: made.execute("PRAGMA busy_timeout=0"))
    engine.dispose()
    with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_text_that_the_database_cannot_take_waits_until_it_can(lina: Account, database: Engine) -> None:
    page = opened()
    before = town(lina)
    with unwritable(database):
        page.text_input(TOWN).set_value("Tourcoing").run()
        assert not page.exception
        assert page.text_input(TOWN).value == "Tourcoing"
        assert "Pas encore enregistré" in html(page) and "✓ Enregistré" not in html(page)
        assert memory(page)["stuck"] is True
        page.button("again").click().run()
        assert memory(page)["stuck"] is True and "✓ Enregistré" not in html(page)
    assert town(lina) == before
    page.button("again").click().run()
    assert town(lina) == "Tourcoing"
    assert memory(page)["stuck"] is False and "✓ Enregistré" in html(page)


def test_the_last_of_the_texts_that_wait_is_the_one_that_is_kept(lina: Account, database: Engine) -> None:
    page = opened()
    with unwritable(database):
        page.text_input(TOWN).set_value("Tour").run()
        page.text_input(TOWN).set_value("Tourcoing").run()
    page.button("again").click().run()
    assert town(lina) == "Tourcoing"
    with db.read_transaction() as session:
        kept = bag.own_bag(session, of=lina)
    assert kept is not None and len(works.work_history(session, next(iter(kept.versions)), of=lina)) <= 3


def test_the_page_names_the_very_text_that_is_kept(lina: Account) -> None:
    page = opened()
    name = tab_memory.css_class_of(TOWN)
    page.text_input(TOWN).set_value("  Tourcoing ").run()
    assert memory(page)["boxes"][name][:2] == [
        tab_memory.checksum_of("  Tourcoing "),
        tab_memory.checksum_of("Tourcoing"),
    ]


def test_a_text_typed_before_a_restart_is_saved_without_an_act(lina: Account) -> None:
    after = after_restart(opened(), "Tourcoing")
    assert town(lina) == "Tourcoing"
    assert after.text_input(TOWN).value == "Tourcoing" and "✓ Enregistré" in html(after)


def test_a_text_whose_beginning_was_just_saved_goes_on_after_a_restart(lina: Account) -> None:
    page = opened()
    change_elsewhere(lina, "Tourc")  # this tab's own, but killed before the tab was told
    after_restart(page, "Tourcoing")
    assert town(lina) == "Tourcoing"


def test_an_old_tab_shows_what_is_kept_after_a_restart(lina: Account) -> None:
    page = opened()
    before = town(lina)
    change_elsewhere(lina, "Lens")
    after = after_restart(page, before)
    assert (town(lina), after.text_input(TOWN).value) == ("Lens", "Lens")


def test_a_text_changed_on_both_sides_is_shown_beside_the_kept_one(lina: Account) -> None:
    page = opened()
    change_elsewhere(lina, "Lens")
    after = after_restart(page, "Tourcoing")
    assert (town(lina), after.text_input(TOWN).value) == ("Lens", "Lens")
    assert "Tourcoing" in [element.value for element in after.text]
    after.button(f"other-yes-{TOWN}").click().run()
    assert (town(lina), after.text_input(TOWN).value) == ("Tourcoing", "Tourcoing")
    assert f"other-yes-{TOWN}" not in {button.key for button in after.button}


def test_a_text_changed_elsewhere_while_this_tab_rests_comes_into_its_box(lina: Account) -> None:
    page = opened()
    change_elsewhere(lina, "Lens")
    page.run()
    assert page.text_input(TOWN).value == "Lens"


def test_a_text_that_cannot_be_kept_stays_with_its_sentence_after_a_restart(lina: Account) -> None:
    broken = "a" + "\u0301" * 50
    before = town(lina)
    after = after_restart(opened(), broken)
    assert town(lina) == before
    assert after.text_input(TOWN).value == broken and after.error


def test_keys_drawn_anew_stay_the_same_after_a_restart(lina: Account) -> None:
    page = opened()
    page.session_state["epoch"] = 3
    page.run()
    assert page.text_input("kept·town·3")
    assert after_restart(page, "").text_input("kept·town·3")


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"visit": "somebody-else", "epoch": 3}', '{"boxes": 7}', "9" * 30_000]
)
def test_what_a_tab_carries_counts_only_for_its_own_visit(lina: Account, words: str) -> None:
    states = opened()._tree.get_widget_states()
    for sent in states.widgets:
        if sent.id.endswith(f"-{tab_memory.KEY}"):
            sent.string_value = words
        if sent.id.endswith(f"-{TOWN}"):
            sent.string_value = "Tourcoing"
    before = town(lina)
    after = AppTest.from_string(PAGE, default_timeout=60)._run(states)
    assert not after.exception
    assert town(lina) == before and after.text_input(TOWN).value == before


def test_a_place_is_taken_only_when_it_is_known_and_short() -> None:
    carried = {"places": {"day_id": "abc", "sign_in": "x", "job": "x" * 65, "day_step": ["x"], "pitch_piece": 2}}
    assert tab_memory.places_in(carried, tuple(key.name for key in session_state.PLACES)) == {
        "day_id": "abc",
        "pitch_piece": 2,
    }
