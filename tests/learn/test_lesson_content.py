"""Our lessons and scenes: explained, sourced, dated, pictured, varied, and none a repetition of another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from streamlit.material_icon_names import ALL_MATERIAL_ICONS

from clicnjob.learn import library
from clicnjob.learn.lesson import GestureScreen, Lesson
from clicnjob.learn.scene import Scene
from tests.for_each import for_each

LESSONS = list(library.shipped_lessons().values())
SCENES = list(library.shipped_scenes().values())
BOTH: list[Lesson | Scene] = [*LESSONS, *SCENES]
MOST_ALIKE = 82  # of 100: above, two screens, two questions or two moments are one with its nouns swapped
FEW_WORDS = 4  # below, two lines may well be the same: « Relire, puis envoyer. »
ONLY_A_VERDICT = re.compile(r"^(bravo|faux|non|oui|exact|juste|raté|super|bien joué|perdu|gagné)\W*$", re.IGNORECASE)
VERDICT_FIRST = re.compile(r"^(faux|raté|perdu|mauvaise réponse)\b", re.IGNORECASE)
ABOUT_FACTS = {"aides", "droits"}  # what the law or the State says has a source
A_FACT = re.compile(
    r"\b(la loi|légale?s?|interdite?s?|délits?|punie?s?|smic|allocations?|indemni\w+|cotisations?|mutuelle"
    r"|inspection du travail|n’a pas le droit|heures de repos|assurance maladie|inscription à France Travail)\b",
    re.IGNORECASE,
)
MOST_BETRAYED = 0.4  # of the questions: a right choice among three is the longest, or the shortest, once in three


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in ("id", "genre", "signe"):
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value)


def _whole(part: Any) -> str:
    return " ".join(_texts(part.model_dump()))


def _explanations(entry: Lesson | Scene) -> list[str]:
    found: list[str] = []

    def collect(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(part[key] for key in ("explication", "pourquoi") if part.get(key))
            for value in part.values():
                collect(value)
        elif isinstance(part, list | tuple):
            for value in part:
                collect(value)

    collect(entry.model_dump())
    return found


def _alike(texts: dict[str, str]) -> list[str]:
    names, said = list(texts), list(texts.values())
    scores = cdist(said, said, scorer=fuzz.token_sort_ratio, score_cutoff=MOST_ALIKE)
    return [f"{names[a]} ~ {names[b]}: {said[a][:80]}" for a in range(len(said)) for b in range(a) if scores[a][b]]


@for_each("entry", BOTH)
def test_an_explanation_says_what_happens_and_is_no_verdict(entry: Lesson | Scene) -> None:
    found = _explanations(entry)
    assert found
    assert [one for one in found if ONLY_A_VERDICT.search(one) or VERDICT_FIRST.search(one)] == []
    assert [one for one in found if len(one.split()) < 4] == [], "an explanation has a reason"


@for_each("entry", BOTH)
def test_the_facts_were_checked_less_than_a_year_ago(entry: Lesson | Scene) -> None:
    assert date.today() - timedelta(days=366) <= entry.verifie_le <= date.today() + timedelta(days=1)


@for_each("lesson", LESSONS)
def test_a_lesson_about_aid_or_law_names_its_official_source(lesson: Lesson) -> None:
    assert lesson.sources or lesson.theme not in ABOUT_FACTS
    assert all(not re.search(r"\b(bit\.ly|goo\.gl|facebook|tiktok)\b", source.url) for source in lesson.sources)


@for_each("entry", BOTH)
def test_what_the_law_or_the_state_says_has_a_source_whatever_the_theme(entry: Lesson | Scene) -> None:
    said = A_FACT.search(_whole(entry))
    assert entry.sources or said is None, f"« {said[0]} » without a source" if said else ""


def test_the_right_choice_is_not_betrayed_by_its_length() -> None:
    lengths = [
        (
            [len(one.texte) for one in question.choix if one.juste],
            [len(one.texte) for one in question.choix if not one.juste],
        )
        for lesson in LESSONS
        for question in lesson.quiz
        if question.genre == "choix"
    ]
    longest = sum(max(right) > max(wrong) for right, wrong in lengths)
    shortest = sum(min(right) < min(wrong) for right, wrong in lengths)
    assert max(longest, shortest) <= MOST_BETRAYED * len(lengths), (longest, shortest, len(lengths))


@for_each("entry", BOTH)
def test_the_icon_is_one_that_the_page_can_draw(entry: Lesson | Scene) -> None:
    assert entry.icone in ALL_MATERIAL_ICONS


@for_each("entry", BOTH)
def test_the_alternative_of_a_picture_says_what_it_shows(entry: Lesson | Scene) -> None:
    alternatives = re.findall(r"'alt': '([^']*)'|'alt': \"([^\"]*)\"", str(entry.model_dump()))
    said = [one or other for one, other in alternatives]
    assert [one for one in said if re.match(r"(image|dessin|photo|icône) d", one, re.IGNORECASE)] == []
    assert [one for one in said if len(one.split()) < 2] == []


@for_each("lesson", LESSONS)
def test_the_pocket_sheet_is_no_copy_of_the_screens(lesson: Lesson) -> None:
    on_screens = set(_texts([screen.model_dump() for screen in lesson.ecrans]))
    same = [line for line in lesson.fiche.lignes if line in on_screens]
    assert len(same) <= len(lesson.fiche.lignes) // 3, same


@for_each("lesson", LESSONS)
def test_right_choices_do_not_always_come_first(lesson: Lesson) -> None:
    firsts = [one.choix[0].juste for one in lesson.quiz if one.genre == "choix"]
    assert len(firsts) < 3 or not all(firsts)


@for_each("lesson", LESSONS)
def test_a_question_with_choices_asks_something(lesson: Lesson) -> None:
    """« Ton petit frère ouvre la porte. » leaves a slow reader without knowing what is wanted."""
    silent = [
        one.id for one in lesson.quiz if one.genre in ("choix", "plusieurs", "opinion") and not _asks(one.question)
    ]
    assert silent == []


def _asks(question: str) -> bool:
    return "?" in question or question.endswith("…")


def test_no_two_screens_are_alike() -> None:
    screens = {
        f"{lesson.id}/{one.id}": _whole(one)
        for lesson in LESSONS
        for one in lesson.ecrans
        if len(_whole(one).split()) > FEW_WORDS
    }
    assert _alike(screens) == []


def test_no_two_questions_are_alike() -> None:
    whole = {f"{lesson.id}/{one.id}": _whole(one) for lesson in LESSONS for one in lesson.quiz}
    asked = {f"{lesson.id}/{one.id}": one.question for lesson in LESSONS for one in lesson.quiz}
    long_enough = {name: text for name, text in asked.items() if len(text.split()) > FEW_WORDS}
    assert _alike(whole) + _alike(long_enough) == []


def test_no_two_explanations_are_alike() -> None:
    said = {f"{one.id}:{number}": text for one in BOTH for number, text in enumerate(_explanations(one))}
    assert _alike(said) == []


def test_no_two_moments_are_alike() -> None:
    moments = {f"{scene.id}/{one.id}": _whole(one) for scene in SCENES for one in scene.moments}
    assert _alike(moments) == []


def test_titles_differ() -> None:
    titles = Counter(one.titre for one in BOTH)
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_two_lessons_have_the_same_structure() -> None:
    shapes: dict[tuple[str, ...], list[str]] = {}
    for lesson in LESSONS:
        kinds = (one.geste.genre if isinstance(one, GestureScreen) else one.genre for one in lesson.ecrans)
        shapes.setdefault((*kinds, *(one.genre for one in lesson.quiz)), []).append(lesson.id)
    assert [ids for ids in shapes.values() if len(ids) > 2] == []


def test_there_are_enough_lessons_and_scenes_and_every_gesture_has_a_lesson() -> None:
    assert len(LESSONS) >= 32
    assert len(SCENES) >= 12
    assert set(library.gesture_words()) <= {gesture for lesson in LESSONS for gesture in lesson.gestes}
