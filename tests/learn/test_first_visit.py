"""The questions of the first visit: where each answer goes, what they propose, and that nothing is asked twice."""

from __future__ import annotations

from itertools import product

import pytest
from sqlmodel import Session

from clicnjob import works
from clicnjob.accounts import structure_settings
from clicnjob.accounts.structure_settings import SettingsBody
from clicnjob.jobs import choices, interests
from clicnjob.learn import obstacles, on_the_way
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.first_visit import own_answers, questions
from clicnjob.learn.first_visit.own_answers import UnknownFirstAnswer
from clicnjob.models import Account, Organisation, Role
from clicnjob.own_work import NotForStaff
from clicnjob.paths import PAGES
from clicnjob.ui.young.first_visit import answering
from clicnjob.ui.young.learn.proposing import told_situations
from tests.cohort_people import NOW, TODAY, Place, place

ALL = {
    "envie": ["envoyer"],
    "cv": ["fichier"],
    "idee": ["oui"],
    "gouts": ["photo", "enigmes"],
    "entretien": ["non"],
    "joindre": ["jamais"],
    "freins": ["permis"],
}


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def answered(session: Session, who: Account, **given: list[str]) -> answering.Acquaintance:
    for key, chosen in given.items():
        answering.save_answer(session, by=who, question=key, chosen=chosen, now=NOW)
    return answering.own_acquaintance(session, of=who)


def wish(here: Place, *, on: bool = True) -> None:
    base = structure_settings.current_settings(here.session, organisation_id=here.organisation_id).version
    body = SettingsBody(first_questions=on)
    structure_settings.change_settings(
        here.session, body, by=here.head, organisation_id=here.organisation_id, base=base, now=NOW
    )


def test_each_answer_goes_to_the_room_where_the_rest_of_it_is(here: Place) -> None:
    who = here.young()
    known = answered(here.session, who, **ALL)
    assert list(ALL) == [one.key for one in questions.first_questions()]
    assert choices.own_choices(here.session, of=who).answers == {"photo": "j_aime", "enigmes": "j_aime"}
    assert own_check.own_check(here.session, of=who).answers == {"joindre": ["jamais"]}
    assert obstacles.own_obstacles(here.session, of=who) == ("permis",)
    assert known.visit.closed and known.next_question is None
    assert {key: kept for key, kept in known.visit.answers.items() if kept} == {
        key: ALL[key] for key in ("envie", "cv", "idee", "entretien")
    }, "what another room keeps is not kept twice"
    assert {one.key: list(known.chosen_keys(one)) for one in questions.first_questions()} == ALL


def test_an_answer_may_be_changed_afterwards_wherever_it_is(here: Place) -> None:
    who = here.young()
    answered(here.session, who, **ALL)
    known = answered(here.session, who, gouts=["photo", "reparer"], freins=[], cv=["non"])
    assert choices.own_choices(here.session, of=who).answers == {"photo": "j_aime", "reparer": "j_aime"}
    assert obstacles.own_obstacles(here.session, of=who) == ()
    assert known.visit.answers["cv"] == ["non"]


def test_what_is_known_already_is_not_asked(here: Place) -> None:
    who = here.young()
    choices.answer_statement(here.session, by=who, statement="reparer", liking="j_aime", operation="a")
    own_check.answer_question(here.session, by=who, question="joindre", chosen=["aide"], operation="b", today=TODAY)
    obstacles.keep_obstacle(here.session, by=who, key="argent", keep=True, operation="c")
    asked = [one.key for one in answering.own_acquaintance(here.session, of=who).questions]
    assert asked == ["envie", "cv", "idee", "entretien"]
    known = answered(here.session, who, **dict.fromkeys(asked, []))
    assert known.visit.closed and known.visit.step is None


def test_passing_one_question_or_all_changes_nothing_elsewhere_and_ends_them(here: Place) -> None:
    who = here.young()
    known = answered(here.session, who, gouts=[], joindre=[], freins=[])
    assert not any((known.liked, known.check, known.blocked)) and not known.visit.closed
    own_answers.close_questions(here.session, by=who, operation=works.new_operation())
    assert answering.own_acquaintance(here.session, of=who).next_question is None


def test_an_answer_that_does_not_exist_is_refused_and_staff_have_none(here: Place) -> None:
    for question, chosen in (("cv", ["x"]), ("cv", ["non", "papier"]), ("x", []), ("gouts", ["dehors"])):
        with pytest.raises(UnknownFirstAnswer):
            answering.save_answer(here.session, by=here.young(), question=question, chosen=chosen, now=NOW)
    with pytest.raises(NotForStaff):
        answering.save_answer(here.session, by=here.claire, question="cv", chosen=["non"], now=NOW)


def test_every_combination_of_answers_has_a_first_step_and_every_step_is_reached() -> None:
    asked = [one for one in questions.first_questions() if one.room == "chemin"]
    ways = product(*([(), *((choice.cle,) for choice in one.choices)] for one in asked))
    found = {id(questions.first_step(dict(zip((one.key for one in asked), way, strict=True)))) for way in ways}
    assert found == {id(one) for one in questions.first_steps()}
    assert [one.page for one in questions.first_steps() if not (PAGES / one.page).is_file()] == []


def test_the_tastes_asked_about_are_one_of_each_type() -> None:
    asked = next(one for one in questions.first_questions() if one.room == "interets")
    letters = [one.lettre for one in interests.quiz_statements() if one.cle in asked.keys]
    assert sorted(letters) == sorted("RIASEC")


def test_the_answers_propose_a_first_lesson(here: Place) -> None:
    told = told_situations(answered(here.session, here.young(), **ALL))
    assert told == {"dit_joindre", "dit_envoyer"}
    found = on_the_way.proposed_lessons(told, {}, now=NOW)
    assert found["candidater"].lesson.gestes[0] == "mail.joindre"


def test_the_questions_are_asked_only_where_the_structure_wishes_it(here: Place) -> None:
    who, guest = here.young(), Account(role=Role.GUEST)
    here.session.add(guest)

    def asked() -> tuple[bool, bool]:
        return (
            structure_settings.asks_first_questions(here.session, of=who),
            structure_settings.asks_first_questions(here.session, of=guest),
        )

    assert asked() == (False, False)
    wish(here)
    assert asked() == (True, True)
    here.session.add(Organisation(name="Une autre"))
    here.session.flush()
    assert asked() == (True, False), "a guest belongs to none: every structure must wish it"
    wish(here, on=False)
    assert asked() == (False, False)
