"""Texts that no one meant as a wish."""

from __future__ import annotations

from functools import cache

import pytest

from clicnjob.jobs.catalogue import read_catalogue
from clicnjob.jobs.index import build_index
from clicnjob.jobs.noise import is_address, is_implausible, is_noise, says_no_word, undisguised_words
from tests.for_each import for_each


@cache
def known() -> set[str]:
    return build_index(read_catalogue()).threes


@for_each("word", ["poiuyt", "zertyu", "mlkjhg", "qsdqsdqsd", "sdfghj", "zzzzzz", "bcdfgh"])
def test_keys_hit_at_random_are_noise(word: str) -> None:
    assert is_noise(word)


@pytest.mark.long
@pytest.mark.slow
def test_no_word_of_ours_is_noise_along_the_keyboard() -> None:
    words = {word for word in build_index(read_catalogue()).ordered if word.isalpha() and len(word) > 6}

    assert not {word for word in words if is_implausible(word, known())}


@pytest.mark.parametrize("word", ["fhdjskahf", "wxkzjuq", "djfkeow"])
def test_a_word_of_unseen_letters_is_implausible(word: str) -> None:
    assert is_implausible(word, known())


@for_each("word", ["boulengé", "farmassien", "kuisinier", "kamioneur", "jardinié"])
def test_a_badly_written_job_stays_plausible(word: str) -> None:
    assert not is_implausible(word, known()) and not is_noise(word)


@for_each("text", ["a@b.fr", "www.exemple.fr", "exemple.com", "<script>", "x = 1", "@moi", "from jeunes;"])
def test_an_address_or_code_is_seen(text: str) -> None:
    assert is_address(text)


@for_each("text", ["vendeur.euse", "bac pro M.E.L.E.C.", "serveur, barman", "5 à sec", "agent(e)"])
def test_a_written_job_is_no_address(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(("words", "none"), [(["1", "1"], True), (["3d"], False), (["19", "tonnes"], False)])
def test_numbers_alone_say_no_word(words: list[str], none: bool) -> None:
    assert says_no_word(words) is none


@for_each(
    ("text", "shown"),
    [("c0nn4rd", ["connard"]), ("p u t e", ["pute"]), ("n-i-q-u-e", ["nique"]), ("vendeur à Lyon", []), ("3D", [])],
)
def test_a_disguise_is_taken_off(text: str, shown: list[str]) -> None:
    assert undisguised_words(text) == shown
