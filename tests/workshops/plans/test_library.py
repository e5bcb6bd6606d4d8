"""The plans that a trainer may choose from, the frozen copy of a start, and their paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session

from clicnjob.errors import NotFound
from clicnjob.models import OwnPlan
from clicnjob.workshops.plans import library, paper
from clicnjob.workshops.plans.words import minutes_sentence
from tests.cohort_people import place
from tests.for_each import for_each


def own_plan(session: Session, organisation_id: str) -> OwnPlan:
    body = {"content": library.shipped_plans()["telephoner"].model_dump(mode="json")}
    row = OwnPlan(organisation_id=organisation_id, by_id="x", title="Le nôtre", body=body, version=3)
    session.add(row)
    session.flush()
    return row


def test_a_structure_sees_its_own_plans_first_and_never_another_s(session: Session) -> None:
    here, there = place(session), place(session, "Là-bas")
    row = own_plan(session, here.organisation_id)
    assert library.all_plans(session, of=here.trainer)[0].id == row.id
    assert not any(choice.own for choice in library.all_plans(session, of=there.trainer))
    assert library.plan_for(session, of=here.trainer, plan_id=row.id).own
    for unknown in (row.id, "rien"):
        with pytest.raises(NotFound):
            library.plan_for(session, of=there.trainer, plan_id=unknown)


def test_the_frozen_copy_keeps_the_saved_version_and_leaves_the_kit(session: Session) -> None:
    here = place(session)
    body = library.frozen_body(session, of=here.trainer, plan_id=own_plan(session, here.organisation_id).id)
    assert body["version"] == 3
    assert body["etapes"][0]["consigne"]
    assert "kit" not in body


def test_the_next_session_is_a_plan_that_was_not_held_or_the_one_held_longest_ago(session: Session) -> None:
    plans = library.all_plans(session, of=place(session).trainer)
    titles = [one.plan.titre for one in plans]
    assert library.suggested_plan(plans, held=[]).plan.titre == titles[0]
    assert library.suggested_plan(plans, held=["Les CV", f"{titles[0]} (2)"]).plan.titre == titles[1]
    assert library.suggested_plan(plans, held=[*reversed(titles), titles[0]]).plan.titre == titles[0]
    assert library.suggested_plan(plans, held=titles).plan.titre == titles[-1]


@for_each("plan_id", library.shipped_plans())
def test_a_plan_prints_on_two_pages_and_its_kit_on_one_page_a_sheet(session: Session, plan_id: str) -> None:
    me = place(session, plan_id).trainer
    kit = library.shipped_plans()[plan_id].kit
    assert len(PdfReader(BytesIO(paper.plan_file(session, of=me, plan_id=plan_id).body)).pages) == 2
    assert len(PdfReader(BytesIO(paper.kit_file(session, of=me, plan_id=plan_id).body)).pages) == len(kit)


def test_minutes_that_do_not_add_up_are_said_kindly() -> None:
    assert minutes_sentence([10, 80], length=90) == ""
    assert minutes_sentence([10, 75], length=90).startswith("il reste 5 minutes")
    assert minutes_sentence([11, 80], length=90).startswith("il y a 1 minute de trop")
