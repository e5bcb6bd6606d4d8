"""The access table: whole, as written in docs/access.md, and as a few people would expect it."""

from __future__ import annotations

import pytest

from clicnjob.paths import ROOT
from tests import access_table
from tests.access_exceptions import EXCEPTIONS
from tests.access_table import ON_ONESELF, ON_SOMEBODY, ROOMS, table
from tests.access_world import ENDED, OTHER, OWN, RELATIONS, ROLES, SAME, UNKNOWN
from tests.for_each import for_each

pytestmark = pytest.mark.usefixtures("read_here")  # it is about who may, not about how a file is read

CONTENT = ("cv.", "cohort.", "workshops.", "interview.", "apply.", "sending.")
# The technical administrator manages the professionals of every structure, and no young person.
LEAVING = "cohort.many.leaving."  # closes a professional's account, and names nobody whom they follow
EVERYWHERE = (
    *(f"accounts.{room}." for room in ("team", "heads", "roster", "structures", "structure_settings")),
    LEAVING,
)


def test_every_function_has_a_recipe_or_a_reason() -> None:
    known = {**ON_SOMEBODY, **ON_ONESELF, **EXCEPTIONS}
    lost = [name for name in access_table.functions() if name not in known]
    assert not lost, (
        f"{', '.join(lost)}: add a recipe to tests/access_recipes_*.py when the function has an actor;"
        " otherwise give it an actor, or say in one sentence of tests/access_exceptions.py why it needs none"
    )


def test_nothing_is_written_twice_or_of_a_function_that_is_gone() -> None:
    named = [*ON_SOMEBODY, *ON_ONESELF, *EXCEPTIONS]
    assert len(named) == len(set(named))
    assert set(named) <= set(access_table.functions())


def test_a_recipe_is_only_for_a_function_with_an_actor() -> None:
    assert [name for name in (*ON_SOMEBODY, *ON_ONESELF) if not access_table.has_actor(name)] == []


def test_an_act_on_somebody_is_tried_on_everybody() -> None:
    assert [name for name in ON_ONESELF if access_table.is_on_somebody(name)] == []
    assert [name for name in ON_SOMEBODY if not access_table.is_on_somebody(name)] == []


def test_an_exception_says_why() -> None:
    assert [name for name, reason in EXCEPTIONS.items() if len(reason) < 20 or not reason.endswith(".")] == []


@pytest.mark.slow
def test_the_page_is_the_one_of_today() -> None:
    written = (ROOT / "docs" / "access.md").read_text(encoding="utf-8")
    assert written == access_table.page(), "python -m tests.access_table > docs/access.md"


@pytest.mark.slow
def test_at_least_four_hundred_cells_and_every_room() -> None:
    assert len(table()) >= 400
    assert {name.split(".")[0] for name, _, _ in table()} == set(ROOMS)


@pytest.mark.slow
def test_every_act_is_open_to_somebody() -> None:
    """A recipe whose arguments are wrong is refused for all, and would prove nothing."""
    assert [name for name in (*ON_SOMEBODY, *ON_ONESELF) if not _who(name, OWN) and not _who(name, SAME)] == []


@pytest.mark.slow
def test_nobody_reaches_another_structure_but_the_administrator_its_professionals() -> None:
    reached = {(name, role) for name in ON_SOMEBODY for role in _who(name, OTHER)}
    assert {role for _, role in reached} == {"admin"}
    assert [name for name, _ in reached if not name.startswith(EVERYWHERE)] == []


@pytest.mark.slow
def test_another_structure_answers_like_an_unknown_identifier() -> None:
    differ = [
        (name, role)
        for name in ON_SOMEBODY
        for role in ROLES
        if not table()[name, role, OTHER].may and table()[name, role, OTHER] != table()[name, role, UNKNOWN]
    ]
    assert differ == []


@pytest.mark.slow
@pytest.mark.parametrize("role", ["admin", ENDED])
def test_who_has_no_need_to_know_people_reads_nothing_of_them(role: str) -> None:
    let = [
        cell
        for cell, found in table().items()
        if cell[1] == role and cell[0].startswith(CONTENT) and not cell[0].startswith(LEAVING) and found.may
    ]
    assert let == []


@pytest.mark.slow
@for_each(
    ("name", "role", "expected"),
    [
        ("cohort.support.person_file.person_file", "trainer", ()),
        ("cohort.support.person_file.person_file", "adviser", (OWN,)),
        ("cohort.support.person_file.person_file", "head", (OWN, SAME)),
        ("cohort.support.person_file.person_file", "young", ()),
        ("cohort.support.notes.write_note", "adviser", (OWN,)),
        ("cohort.support.comments.remove_comment", "head", (OWN,)),
        ("cohort.support.comments.answer_comment", "young", (OWN,)),
        ("cohort.support.lists.list_members", "head", (OWN,)),
        ("cohort.permissions.take_person", "adviser", (OWN, SAME)),
        ("workshops.attendance.note_attendance", "adviser", (OWN,)),
        ("workshops.attendance.note_attendance", "trainer", (OWN, SAME)),
        ("workshops.attendance.noted_as_present", "head", (OWN,)),
        ("cv.model.bag.save_answer", "adviser", ()),
        ("cv.document.downloads.cv_output", "young", (OWN,)),
        ("cv.document.downloads.cv_output", "guest", (OWN,)),
        ("apply.applications.move_application", "head", ()),
        ("privacy.retention.freezing.freeze_file", "adviser", ()),
        ("privacy.retention.freezing.freeze_file", "head", (OWN, SAME)),
        ("accounts.people.renew_card", "trainer", (OWN,)),
        ("accounts.people.renew_card", "adviser", (OWN, SAME)),
        ("accounts.people.renew_card", "young", ()),
        ("accounts.people.unlock_card", "trainer", (OWN,)),
        ("accounts.heads.givable_roles", "adviser", ()),
        ("accounts.heads.givable_roles", "head", (OWN, SAME)),
        ("cohort.importing.cards_paper.cancel_cards", "admin", ()),
        ("cohort.importing.cards_paper.cancel_cards", "trainer", (OWN, SAME)),
        ("accounts.people.renew_card", "admin", ()),
        ("accounts.team.close_account", "adviser", ()),
        ("accounts.team.give_roles", "head", (SAME,)),
        ("accounts.team.new_link", "admin", (SAME, OTHER)),
    ],
)
def test_a_few_cells_as_people_would_say_them(name: str, role: str, expected: tuple[str, ...]) -> None:
    assert tuple(one for one in RELATIONS if table()[name, role, one].may) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("accounts.remade_cards.remade_cards", {"head"}),
        ("accounts.remade_cards.own_remade_cards", {"young"}),
        ("cohort.progress.refreshing.change_sharing", {"young"}),
    ],
)
def test_a_few_acts_on_oneself_as_people_would_say_them(name: str, expected: set[str]) -> None:
    assert _who(name, OWN) == expected


@pytest.mark.slow
def test_a_colleague_s_young_person_is_for_the_head_alone() -> None:
    of_the_structure = {
        "cohort.permissions.take_person",
        "cohort.importing.enrolment.never_came",
        "cohort.importing.enrolment.undo_import",
        "cohort.importing.cards_paper.printed_cards",
        "cohort.importing.cards_paper.cards_given",
        "cohort.importing.cards_paper.people_with_cards",
        "cohort.many.leaving.change_roles",  # on a professional, by whoever manages the team
        "cohort.many.leaving.close_adviser_account",
        "cohort.importing.cards_paper.cancel_cards",
        "cohort.importing.intake.cards_of",
        "workshops.attendance.note_attendance",
        "workshops.attendance.take_off",
        "workshops.lifecycle.begin_planned_workshop",
        "workshops.planning.plan_session",
        "workshops.live.rehearsal.begin_rehearsal",
    }
    plans = "workshops.plans."  # those of a structure belong to all of its trainers
    names = [
        name
        for name in ON_SOMEBODY
        if name.startswith(("cohort.", "workshops.")) and not name.startswith(plans) and name not in of_the_structure
    ]
    assert {role for name in names for role in _who(name, SAME)} == {"head"}


def _who(name: str, relation: str) -> set[str]:
    return {role for role in ROLES if table()[name, role, relation].may}
