"""The words offered by the guided CV: the editorial rules, kept by a machine."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from clicnjob.cv.model import phrases
from clicnjob.cv.model.prompts import Activity, Screen, cv_prompts
from clicnjob.paths import DATA
from tests import french_sentences as french
from tests.for_each import for_each

WORDS = cv_prompts()
ACTIVITIES = list(WORDS.activities.values())
FILES = sorted((DATA / "prompts").rglob("*.yaml"))


def test_there_are_enough_activities_and_phrases() -> None:
    said = [p for a in ACTIVITIES for p in a.phrases] + [p for k in WORDS.kinds.values() for p in k.phrases]
    assert len(ACTIVITIES) >= 60
    assert len(said) >= 600
    assert len(said) == len(set(said))


@for_each("activity", ACTIVITIES)
def test_the_phrases_of_an_activity_are_varied_and_short(activity: Activity) -> None:
    verbs = Counter(phrase.split()[0] for phrase in activity.phrases)
    assert max(verbs.values()) <= 2
    assert sum(phrases.example_number(p) is not None for p in activity.phrases) * 2 >= len(activity.phrases)
    for phrase in activity.phrases:
        assert len(phrases.phrase_text(phrase).split()) <= 12, phrase
        assert len(phrases.phrase_text(phrase, phrases.example_number(phrase))) <= 92, phrase
        assert not phrase.endswith("."), phrase


def test_every_kind_of_experience_offers_activities() -> None:
    assert all(len(WORDS.activities_of(kind)) >= 4 for kind in WORDS.kinds)


@for_each("screen", WORDS.screens.values())
def test_a_question_is_short_and_its_help_has_short_sentences(screen: Screen) -> None:
    assert len(screen.question) <= 60
    french.check_sentences(screen.aide, words=15)


@for_each("file", FILES)
def test_content_uses_typographic_apostrophes_and_spaces(file: Path) -> None:
    text = "\n".join(
        line for line in file.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")
    )
    strings = re.findall(r'"([^"\n]*)"', text)
    assert not [s for s in strings if "'" in s]
    assert not [s for s in strings if re.search(r" [;?!»]|« ", s)], "an ordinary space where it must not break"


DONE = [
    *(phrase for activity in ACTIVITIES for phrase in activity.phrases),
    *(phrase for kind in WORDS.kinds.values() for phrase in kind.phrases),
]
NOUNS = [
    *(proof for quality in WORDS.qualities.values() for proof in quality.preuves),
    *(detail for interest in WORDS.interests.values() for detail in interest.details),
    *(line for gap in WORDS.gaps.values() for line in gap.sur_le_cv),
    *(title for activity in ACTIVITIES for title in (activity.sur_le_cv, *activity.intitules)),
    *(title for kind in WORDS.kinds.values() for title in (kind.sans_nom, *kind.intitules)),
]
SKILLS = [skill for activity in ACTIVITIES for skill in activity.competences]
INFINITIVE = re.compile(r"(?:S’|Se |Co-)?[A-ZÀÂÇÉÈÊÎÔŒ]?[a-zàâçéèêëîïôöùûœ]+(?:er|ir|re|oir)(?=[ ,]|$)")
BARE = re.compile(r"\b(?:je|j’|tu|mon|ma|mes|ton|ta|tes)\b", re.IGNORECASE)


@for_each("phrase", DONE)
def test_what_was_done_begins_with_a_verb_in_the_infinitive(phrase: str) -> None:
    assert INFINITIVE.match(phrase)


def test_an_example_number_is_more_than_one_so_that_its_words_are_written_in_the_plural() -> None:
    assert [line for line in [*DONE, *NOUNS] if phrases.example_number(line) == 1] == []


@for_each("line", NOUNS)
def test_a_proof_a_detail_or_a_title_is_no_sentence_in_the_first_person(line: str) -> None:
    assert not BARE.search(line)


@for_each("line", [*DONE, *NOUNS, *SKILLS])
def test_every_line_prints_well_with_and_without_its_number(line: str) -> None:
    for said in (phrases.phrase_text(line), phrases.phrase_text(line, 1), phrases.phrase_text(line, 40)):
        said = phrases.title_text(said)
        assert said[0].isupper() or said[0].isdigit(), said
        assert said == said.strip(" ,.;"), said
        assert not re.search(r"\s\s| ,|\s\.|[\[\]{}]|'", said), said
        assert not re.search(r"(?<!\u00a0)[:;?!»](?![\d/])|«(?!\u00a0)", said), said


def test_no_name_that_is_stored_or_printed_tells_of_a_sentence_a_handicap_or_an_illness() -> None:
    telling = re.compile(r"prison|détenu|détention|incarc|\bTIG\b|justice|peine|ESAT|RQTH", re.IGNORECASE)
    stored = [(a.cle, a.nom, a.sur_le_cv, *a.intitules, *a.phrases) for a in ACTIVITIES]
    stored += [(k.cle, k.nom, k.sans_nom, *k.intitules, *k.phrases) for k in WORDS.kinds.values()]
    assert [line for lines in stored for line in lines if telling.search(line)] == []


def test_every_interest_and_quality_has_precise_lines_to_tick() -> None:
    for quality in WORDS.qualities.values():
        assert len(set(quality.preuves)) == len(quality.preuves) >= 6, quality.cle
    for interest in WORDS.interests.values():
        assert len(interest.details) >= 4, interest.cle


def test_states_of_studies_offered_by_a_level_exist() -> None:
    states = {state.cle for state in WORDS.studies.etats}
    assert all(set(level.etats) <= states for level in WORDS.studies.niveaux)


def test_specialities_stand_at_levels_that_exist() -> None:
    levels = {level.cle for level in WORDS.studies.niveaux}
    assert all(set(speciality.niveaux) <= levels for speciality in WORDS.studies.specialites)


def test_can_do_statements_stand_at_levels_that_exist() -> None:
    levels = {level.cle for level in WORDS.languages.niveaux}
    assert {question.niveau for question in WORDS.languages.questions} <= levels
