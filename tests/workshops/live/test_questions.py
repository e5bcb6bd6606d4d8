"""Questions to the group: who may answer, what is refused, and what reaches the projector."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, func, select

from clicnjob import policy, workshop_policy
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import AnswerState, GroupAnswer, GroupQuestion, ParticipantState, QuestionState
from clicnjob.privacy.retention import rules
from clicnjob.text import TooLong
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import answers, participant_screen, projection, questions
from clicnjob.workshops.live.questions import AnsweringOver, TooManyQuestions, WrongAnswer, WrongQuestion
from tests.cohort_people import NOW, place
from tests.workshops.live.group import Group, running_group

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]


@pytest.fixture
def group(session: Session) -> Group:
    return running_group(place(session))


def asked(group: Group, kind: str = "texte", choices: tuple[str, ...] = (), **named: Any) -> str:
    words = {"question": "Un mot pour dire ta journée ?", "kind": kind, "choices": choices, **named}
    return questions.ask_group(group.place.session, **group.led, **words)


def answer(group: Group, name: str, question_id: str, written: str = "", choice: int | None = None) -> None:
    questions.answer_question(
        group.place.session, by=group.accounts[name], question_id=question_id, written=written, choice=choice, now=NOW
    )


def led(group: Group) -> answers.LedQuestion:
    return answers.led_questions(group.place.session, of=group.place.trainer, workshop_id=group.workshop_id)[0]


def change(group: Group, question_id: str, to: QuestionState) -> None:
    questions.change_question(group.place.session, **group.led, question_id=question_id, to=to)


def show_all(group: Group, question_id: str) -> None:
    keys = [one.key for one in led(group).answers if not one.to_read_twice]
    questions.show_answers(group.place.session, **group.led, question_id=question_id, keys=keys)


def projected(group: Group) -> str:
    """Everything that the projector knows, as text."""
    token = projection.open_projector(group.place.session, **group.led)
    shown = projection.projection_shown(group.place.session, token=token, now=NOW)
    return json.dumps(asdict(shown), default=str, ensure_ascii=False)


# --- asking


def test_a_choice_is_counted_and_shown_only_when_a_trainer_shows_it(group: Group) -> None:
    made = asked(group, "choix", ("Oui", "Non"))
    for name, choice in (("Ana", 0), ("Bilal", 1), ("Chloé", 1)):
        answer(group, name, made, choice=choice)
    assert (led(group).answered, led(group).counts) == (3, (1, 2))
    assert '"answered": 3' in projected(group) and '"counts": []' in projected(group)
    change(group, made, QuestionState.SHOWN)
    assert '"counts": [1, 2]' in projected(group)


def test_a_scale_has_five_steps_and_no_mean(group: Group) -> None:
    made = asked(group, "echelle")
    answer(group, "Ana", made, choice=1)
    answer(group, "Bilal", made, choice=5)
    change(group, made, QuestionState.SHOWN)
    assert '"counts": [1, 0, 0, 0, 1]' in projected(group)


def test_a_question_that_follows_takes_the_one_before_off_the_screens(group: Group) -> None:
    first = asked(group)
    asked(group, question="Et demain ?")
    kept = group.place.session.get(GroupQuestion, first)
    assert kept is not None and kept.state is QuestionState.CLOSED
    with pytest.raises(AnsweringOver):
        answer(group, "Ana", first, "trop tard")


def test_a_command_sent_twice_asks_once(group: Group) -> None:
    assert asked(group, operation="same") and not asked(group, operation="same")
    assert group.place.session.exec(select(func.count()).select_from(GroupQuestion)).one() == 1


@pytest.mark.parametrize(
    ("kind", "words", "choices"),
    [
        ("choix", "Oui ?", ("Oui",)),
        ("choix", "Oui ?", ("Oui", "OUÏ")),
        ("choix", "Oui ?", tuple("abcdefg")),
        ("choix", "Oui ?", tuple("abcdefg" * 100)),
        ("texte", "\u200b ", ()),
        ("vote", "Qui ?", ()),
    ],
)
def test_a_wrong_question_is_refused(group: Group, kind: str, words: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(WrongQuestion):
        asked(group, kind, choices, question=words)


def test_a_session_has_twenty_questions_at_most(group: Group) -> None:
    for _ in range(workshop_policy.GROUP_QUESTIONS_AT_MOST):
        asked(group)
    with pytest.raises(TooManyQuestions):
        asked(group)


# --- answering


@pytest.mark.parametrize("state", [ParticipantState.WAITING, ParticipantState.REMOVED])
def test_who_waits_or_was_removed_answers_nothing_and_reads_nothing(group: Group, state: ParticipantState) -> None:
    made = asked(group)
    group.join("Zoé", state=state)
    with pytest.raises(NotFound):
        answer(group, "Zoé", made, "coucou")
    seen = participant_screen.session_screen(group.place.session, of=group.accounts["Zoé"], now=NOW)
    assert seen is None or seen.question is None


def test_who_left_answers_nothing(group: Group) -> None:
    made = asked(group)
    group.rows["Ana"].left_at = NOW
    group.place.session.flush()
    with pytest.raises(NotFound):
        answer(group, "Ana", made, "au revoir")


def test_an_answer_to_a_question_of_another_session_is_refused(group: Group) -> None:
    other = lifecycle.begin_workshop(group.place.session, by=group.place.claire, kind="cv", now=NOW)
    made = questions.ask_group(
        group.place.session, by=group.place.claire, workshop_id=other, kind="texte", question="Qui ?", now=NOW
    )
    with pytest.raises(AnsweringOver):
        answer(group, "Ana", made, "moi")


@pytest.mark.parametrize("choice", [-1, 2, 10**6, None])
def test_a_forged_choice_is_refused(group: Group, choice: int | None) -> None:
    made = asked(group, "choix", ("Oui", "Non"))
    with pytest.raises(WrongAnswer):
        answer(group, "Ana", made, "Oui", choice)


@pytest.mark.parametrize("choice", [0, 6])
def test_a_scale_ends_at_one_and_five(group: Group, choice: int) -> None:
    made = asked(group, "echelle")
    with pytest.raises(WrongAnswer):
        answer(group, "Ana", made, choice=choice)


def test_an_answer_has_140_characters_and_a_word_of_the_cloud_30(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "é" * 140)
    with pytest.raises(TooLong):
        answer(group, "Ana", made, "é" * 141)
    made = asked(group, "nuage")
    answer(group, "Ana", made, "é" * 30)
    with pytest.raises(TooLong):
        answer(group, "Ana", made, "é" * 31)
    with pytest.raises(WrongAnswer):
        answer(group, "Ana", made, "\u200b")


def test_one_answer_a_person_and_a_changed_one_is_held_again(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "bien")
    show_all(group, made)
    change(group, made, QuestionState.OPEN)
    answer(group, "Ana", made, "jamais")
    assert [(one.text, one.state) for one in led(group).answers] == [("jamais", AnswerState.HELD)]
    assert led(group).answered == 1
    change(group, made, QuestionState.SHOWN)
    assert "jamais" not in projected(group)


def test_an_answer_redraws_the_board_and_nobody_elses_screen(group: Group) -> None:
    made = asked(group)
    before = group.workshop.version, group.workshop.board_version
    answer(group, "Ana", made, "bien")
    assert (group.workshop.version, group.workshop.board_version) == (before[0], before[1] + 1)


# --- showing


def test_an_insult_and_a_first_name_come_first_and_stay_off_the_projector(group: Group) -> None:
    made = asked(group)
    for name, said in (("Ana", "bien"), ("Bilal", "sale C0nnard"), ("Chloé", "driss est nul"), ("Driss", "une vidéo")):
        answer(group, name, made, said)
    assert [one.text for one in led(group).answers] == ["driss est nul", "sale C0nnard", "bien", "une vidéo"]
    show_all(group, made)
    shown = projected(group)
    assert "bien" in shown and "vidéo" in shown
    assert "onnard" not in shown and "driss" not in shown


def test_one_that_came_after_the_trainer_read_stays_held(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "bien")
    read = [one.key for one in led(group).answers]
    answer(group, "Bilal", made, "pas lu")
    questions.show_answers(group.place.session, **group.led, question_id=made, keys=read)
    assert "bien" in projected(group) and "pas lu" not in projected(group)


def test_a_hidden_answer_leaves_the_projector_and_is_not_shown_with_the_others(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "bien")
    answer(group, "Bilal", made, "bof")
    show_all(group, made)
    key = next(one.key for one in led(group).answers if one.text == "bof")
    questions.set_answer_state(group.place.session, **group.led, question_id=made, key=key, to=AnswerState.HIDDEN)
    show_all(group, made)
    assert "bien" in projected(group) and "bof" not in projected(group)


def test_the_board_is_not_told_who_wrote_an_answer(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "bien")
    told = json.dumps(asdict(led(group)), default=str)
    assert group.rows["Ana"].id not in told and group.accounts["Ana"].id not in told and "Ana" not in told


def test_cleared_answers_are_gone_with_their_counts(group: Group) -> None:
    made = asked(group, "choix", ("Oui", "Non"))
    answer(group, "Ana", made, choice=0)
    questions.clear_answers(group.place.session, **group.led, question_id=made)
    assert (led(group).answered, led(group).counts) == (0, (0, 0))
    assert group.place.session.exec(select(GroupAnswer)).all() == []


def test_answers_go_after_thirty_days_and_counts_stay(group: Group) -> None:
    made = asked(group, "choix", ("Oui", "Non"))
    answer(group, "Ana", made, choice=1)
    later = NOW + policy.GROUP_ANSWERS_KEPT + timedelta(minutes=1)
    rules.purge_expired(group.place.session, now=later)
    assert group.place.session.exec(select(GroupAnswer)).all() == []
    assert led(group).counts == (0, 1)


def test_a_colleague_who_does_not_lead_changes_nothing(group: Group) -> None:
    made = asked(group)
    answer(group, "Ana", made, "bien")
    stranger = {**group.led, "by": group.place.claire}
    for act in (
        lambda: questions.ask_group(group.place.session, **stranger, kind="texte", question="Qui ?"),
        lambda: questions.clear_answers(group.place.session, **stranger, question_id=made),
        lambda: questions.show_answers(group.place.session, **stranger, question_id=made, keys=[]),
    ):
        with pytest.raises(Refusal):
            act()


# --- the word cloud


def test_the_cloud_gathers_the_same_word_however_it_is_written() -> None:
    found = answers.cloud_words(["Équipe", "equipe", "équipe", "sérieux"])
    assert [(one.word, one.count) for one in found] == [("equipe", 3), ("sérieux", 1)]


def test_the_cloud_has_fifty_words() -> None:
    assert len(answers.cloud_words(f"mot {number}" for number in range(80))) == workshop_policy.CLOUD_WORDS


@pytest.mark.parametrize("said", ["meeerdeee", "p u t e", "C0NNARD", "les cons", "Enculé !"])
def test_coarse_words_are_read_twice(said: str) -> None:
    assert answers.is_to_read_twice(said)


@pytest.mark.parametrize("said", ["une vidéo", "concours", "culture", "Assassin’s Creed", "dispute", "pédaler", ""])
def test_words_that_only_contain_one_are_not(said: str) -> None:
    assert not answers.is_to_read_twice(said)
