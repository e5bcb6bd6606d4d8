"""How each function of obstacles, the digital check, the first visit and the contact sheet is called in the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clicnjob import works
from clicnjob.cohort.support import liaison_sheet
from clicnjob.learn import liaison, obstacles
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.first_visit import own_answers
from clicnjob.learn.liaison import LiaisonLines
from clicnjob.models import Account, SharedObstacle
from clicnjob.privacy import sharing
from tests.access_world import Case
from tests.cohort_people import NOW, TODAY

Recipe = Callable[[Case], Any]
KEY = "permis"


def _kept(c: Case) -> None:
    sharing.keep_obstacle(c.session, by=c.me, key=KEY, keep=True, operation=works.new_operation(), now=NOW)


def _agreed(c: Case) -> None:
    lines = LiaisonLines(first_name=True)
    operation = works.new_operation()
    liaison.agree_to_lines(c.session, lines, by=c.me, agreed=True, operation=operation, today=TODAY)


def _shown(c: Case) -> None:
    if (whom := c.session.get(Account, c.it.whom)) is not None:
        obstacles.keep_obstacle(c.session, by=whom, key=KEY, keep=True, operation=works.new_operation())
        c.session.add(SharedObstacle(account_id=c.it.whom, obstacle=KEY, shared_at=NOW))
        c.session.flush()


ON_ONESELF: dict[str, Recipe] = {
    "learn.obstacles.own_obstacles": lambda c: obstacles.own_obstacles(c.session, of=c.me),
    "learn.obstacles.keep_obstacle": lambda c: obstacles.keep_obstacle(
        c.session, by=c.me, key=KEY, keep=True, operation=works.new_operation()
    ),
    "privacy.sharing.keep_obstacle": _kept,
    "privacy.sharing.share_obstacle": lambda c: (
        _kept(c),
        sharing.share_obstacle(c.session, by=c.me, key=KEY, on=True, now=NOW),
    ),
    "privacy.sharing.stop_sharing_lost": lambda c: sharing.stop_sharing_lost(c.session, by=c.me, now=NOW),
    "learn.digital_check.own_check.own_check": lambda c: own_check.own_check(c.session, of=c.me),
    "learn.digital_check.own_check.answer_question": lambda c: own_check.answer_question(
        c.session, by=c.me, question="acces", chosen=["partage"], operation=works.new_operation(), today=TODAY
    ),
    "learn.digital_check.own_check.take_back_answer": lambda c: own_check.take_back_answer(
        c.session, by=c.me, question="acces", operation=works.new_operation()
    ),
    "learn.digital_check.own_check.forget_answers": lambda c: own_check.forget_answers(
        c.session, by=c.me, operation=works.new_operation()
    ),
    "learn.digital_check.own_check.enter_from_paper": lambda c: own_check.enter_from_paper(
        c.session, by=c.me, answers={}, agreed=True, operation=works.new_operation(), today=TODAY
    ),
    "learn.first_visit.own_answers.own_first_visit": lambda c: own_answers.own_first_visit(c.session, of=c.me),
    "learn.first_visit.own_answers.note_answer": lambda c: own_answers.note_answer(
        c.session, by=c.me, question="cv", chosen=["non"], last=False, operation=works.new_operation()
    ),
    "learn.first_visit.own_answers.close_questions": lambda c: own_answers.close_questions(
        c.session, by=c.me, operation=works.new_operation()
    ),
    "learn.liaison.own_lines": lambda c: liaison.own_lines(c.session, of=c.me),
    "learn.liaison.agree_to_lines": _agreed,
    "learn.liaison.withdraw_lines": lambda c: liaison.withdraw_lines(
        c.session, by=c.me, operation=works.new_operation()
    ),
    "learn.liaison.own_liaison_file": lambda c: (_agreed(c), liaison.own_liaison_file(c.session, of=c.me))[1],
}
ON_SOMEBODY: dict[str, Recipe] = {
    "cohort.support.liaison_sheet.shared_liaison_file": lambda c: (
        _shown(c),
        liaison_sheet.shared_liaison_file(c.session, by=c.me, account_id=c.it.whom, today=TODAY, now=NOW),
    )[1],
}
FILTERING: set[str] = set()
