"""A call is walked branch by branch, and one can go back a step."""

from __future__ import annotations

import pytest

from clicnjob.interview.calls import Call, walk_call
from tests import interview_sample

CALL = Call.model_validate(interview_sample.call())


def test_a_call_begins_with_what_they_say() -> None:
    moment = walk_call(CALL, ())
    assert moment.step is not None and moment.step.eux == "« Allô, c’est le magasin ! »"
    assert moment.said == () and not moment.over


def test_a_choice_leads_on_and_is_remembered() -> None:
    moment = walk_call(CALL, (0,))
    assert moment.step is not None and moment.step.cle == "quand"
    assert moment.said[0].choice.retour == "Ça met en confiance."


def test_another_choice_leads_to_another_end() -> None:
    assert walk_call(CALL, (1,)).ending == "Tu peux rappeler demain."
    assert walk_call(CALL, (0, 0)).ending == "Tu as un rendez-vous."


def test_going_back_a_step_is_one_choice_less() -> None:
    path = (0, 1)
    assert walk_call(CALL, path[:-1]) == walk_call(CALL, (0,))


@pytest.mark.parametrize("path", [(7,), (-1,), (0, 9)])
def test_a_choice_that_is_not_offered_changes_nothing(path: tuple[int, ...]) -> None:
    assert not walk_call(CALL, path).over
