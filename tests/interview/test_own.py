"""Questions out of one's own CV: filled with plain facts, elided, and left out when a fact is missing."""

from __future__ import annotations

import pytest

from clicnjob.interview import own, pitch, words
from clicnjob.interview.notebook import Pitch
from clicnjob.interview.own import Fact, filled_sentence
from clicnjob.interview.words import OwnQuestion, Piece

STAGE = Fact("stage", "s1", {"titre": "Serveuse", "lieu": "Brasserie du Marché", "phrase": "Dresser les tables"})
NO_PLACE = Fact("stage", "s2", {"titre": "Aide en cuisine", "lieu": "", "phrase": ""})


def _one(question: str, debut: str = "J’ai", *, sans_lieu: bool = False) -> OwnQuestion:
    return OwnQuestion(cle="q", question=question, debut=debut, sans_lieu=sans_lieu)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Racontez votre stage de {titre}.", "Racontez votre stage de serveuse."),
        ("{titre}, ça veut dire quoi ?", "Serveuse, ça veut dire quoi ?"),
        ("Chez {lieu}, j’ai", "Chez Brasserie du Marché, j’ai"),
        ("Ton CV dit «\u00a0{phrase}\u00a0».", "Ton CV dit «\u00a0Dresser les tables\u00a0»."),
    ],
)
def test_a_sentence_takes_the_words_of_the_cv(template: str, said: str) -> None:
    assert filled_sentence(template, STAGE.words) == said


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("Aide à domicile", "un poste d’aide à domicile"),
        ("Cuisinier", "un poste de cuisinier"),
        ("ATSEM", "un poste d’ATSEM"),
    ],
)
def test_a_vowel_takes_the_e_before_it(job: str, said: str) -> None:
    assert filled_sentence("Je cherche un poste de {metier}.", {"metier": job}) == f"Je cherche {said}."


def test_words_with_braces_or_percents_stay_as_typed() -> None:
    assert filled_sentence("Tu as dit {titre}.", {"titre": "{lieu} 100 %s"}) == "Tu as dit {lieu} 100 %s."


def test_a_sentence_that_lacks_a_fact_is_left_out() -> None:
    assert filled_sentence("Chez {lieu}, j’ai", NO_PLACE.words) is None


def test_a_question_about_the_place_gives_way_to_the_one_without() -> None:
    offered = {"stage": [_one("Chez {lieu} ?"), _one("Ce stage ?", sans_lieu=True)]}
    assert [one.words for one in own.own_questions([STAGE], offered)] == ["Chez Brasserie du Marché ?"]
    assert [one.words for one in own.own_questions([NO_PLACE], offered)] == ["Ce stage ?"]


def test_keys_are_those_of_the_item_so_that_an_answer_finds_its_question_again() -> None:
    (one,) = own.own_questions([STAGE], {"stage": [_one("Raconte.")]})
    assert one.key == "cv/q/s1" and own.is_own(one.key) and one.beginning == "J’ai"


def test_a_fact_of_another_source_asks_nothing() -> None:
    assert own.own_questions([STAGE], {"langue": [_one("Raconte.")]}) == ()


PIECE = Piece(
    cle="qui", question="Qui es-tu ?", debuts=("Je cherche.", "J’ai été {titre}, {lieu}.", "Je parle {langue}.")
)


def test_the_lines_of_the_pitch_are_those_that_the_cv_can_fill_then_the_plain_ones() -> None:
    assert pitch.pitch_beginnings(PIECE, [STAGE]) == ("J’ai été serveuse, Brasserie du Marché.", "Je cherche.")
    assert pitch.pitch_beginnings(PIECE, []) == ("Je cherche.",)


def test_the_pitch_is_its_pieces_until_it_is_edited() -> None:
    kept = Pitch(pieces={"qui": "Je suis Lina", "inconnu": "x"})
    assert pitch.pitch_text(kept, [PIECE]) == "Je suis Lina."
    assert pitch.pitch_text(kept.model_copy(update={"text": "Bonjour"}), [PIECE]) == "Bonjour"


def test_seventy_words_take_thirty_seconds() -> None:
    assert pitch.speaking_seconds("mot " * 70) == pitch.SECONDS


def test_the_real_words_make_a_pitch_from_a_cv() -> None:
    facts = [Fact("metier", "m", {"metier": "Serveuse"}), STAGE]
    assert all(pitch.pitch_beginnings(piece, facts) for piece in words.interview_words().pitch)
