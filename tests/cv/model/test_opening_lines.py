"""The opening lines: only what the answers prove is offered."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import opening_lines
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Language, Period, Profile, Quality
from clicnjob.cv.model.prompts import cv_prompts
from tests import make


def both(profile: Profile, cv: Cv) -> tuple[str, ...]:
    return (*opening_lines.opening_lines(1, profile, cv), *opening_lines.opening_lines(2, profile, cv))


def test_lines_can_be_offered_before_anything_is_answered() -> None:
    assert len(opening_lines.opening_lines(1, Profile(), Cv())) >= 3
    assert len(opening_lines.opening_lines(2, Profile(), Cv())) >= 3


def test_no_placeholder_is_left_in_a_line() -> None:
    assert not [line for line in both(*make.whole()) if "{" in line]


def test_lines_use_the_answers_of_the_person() -> None:
    lines = " ".join(both(*make.whole()))
    assert "serveuse" in lines
    assert "ponctuelle" in lines.lower()


@pytest.mark.parametrize(
    ("job", "said"), [("serveuse", "de serveuse"), ("aide en cuisine", "d’aide en cuisine"), ("hôtesse", "d’hôtesse")]
)
def test_the_job_is_elided_as_spoken(job: str, said: str) -> None:
    assert opening_lines.of_job(job) == said


def test_a_permit_not_yet_obtained_is_not_boasted_of() -> None:
    profile = Profile(certificates=[Certificate(key="permis-b-en-cours")])
    assert "en poche" not in " ".join(both(profile, Cv(job_wanted="Livreur")))


def test_french_is_not_offered_as_a_foreign_language() -> None:
    profile = Profile(languages=[Language(key="francais", can_do=["maternelle"])])
    assert "aussi français" not in " ".join(both(profile, Cv()))


def test_helping_ones_family_is_not_said_as_employment() -> None:
    profile = Profile(experiences=[Experience(kind="aide_famille", title="Aide familiale")])
    assert "aide familiale" not in " ".join(both(profile, Cv())).lower()


def test_the_same_job_is_not_said_twice_in_a_line() -> None:
    profile = Profile(experiences=[Experience(kind="stage", title="Serveuse")], qualities=[Quality(label="Calme")])
    for line in both(profile, Cv(job_wanted="Serveuse")):
        assert line.lower().count("serveuse") <= 1, line


def test_lines_that_nothing_can_prove_exist_in_the_content() -> None:
    keys = {line.cle for line in (*cv_prompts().openings.ligne1, *cv_prompts().openings.ligne2)}
    assert keys >= opening_lines._UNPROVEN


def lines_about(word: str, profile: Profile, cv: Cv | None = None) -> list[str]:
    return [line for line in both(profile, cv or Cv()) if word in line.lower()]


def test_a_language_hardly_known_is_in_no_sentence() -> None:
    beginner = Profile(languages=[Language(key="anglais", can_do=["a1-ecouter", "a1-parler", "a1-lire"])])
    assert lines_about("anglais", beginner) == []


def test_a_language_learnt_is_not_said_to_be_spoken_every_day() -> None:
    talks = Profile(languages=[Language(key="anglais", can_do=["b2-ecouter", "b2-parler", "b2-lire"])])
    assert lines_about("anglais", talks) and not lines_about("quotidien", talks)


def test_the_language_of_home_is_spoken_every_day_beside_french() -> None:
    home = Language(key="soninke", can_do=["maternelle"])
    assert lines_about("quotidien", Profile(languages=[home])) == [
        "Langues parlées au quotidien\u00a0: français et soninké"
    ]
    learning = Language(key="francais", can_do=["a1-parler", "a1-lire"])
    assert lines_about("quotidien", Profile(languages=[home, learning])) == []


@pytest.mark.parametrize(
    "title",
    ["stage chez norauto", "Emploi saisonnier", "Soutien à la famille", "Mon taf au kebab", "", "Aide ponctuelle"],
)
def test_what_is_no_role_is_not_said_after_comme(title: str) -> None:
    profile = Profile(experiences=[Experience(kind="petit_boulot", activity="ehpad", title=title)])
    assert lines_about("comme ", profile, Cv(job_wanted="Cariste")) == []


@pytest.mark.parametrize("title", ["Serveuse", "Aide ménagère", "Garde d’enfants à domicile", "Stagiaire en EHPAD"])
def test_a_role_is_said_after_comme(title: str) -> None:
    profile = Profile(experiences=[Experience(kind="travail", title=title)])
    assert bool(lines_about("comme ", profile, Cv(job_wanted="Cariste"))) is not title.startswith("Garde")


def test_somebody_who_has_worked_does_not_look_for_a_first_job() -> None:
    worked = Profile(experiences=[Experience(kind="travail", title="Caissière")])
    assert lines_about("premier emploi", Profile(), Cv(job_wanted="Cariste"))
    assert not lines_about("premier emploi", worked, Cv(job_wanted="Cariste"))


def test_a_job_already_held_is_not_to_be_learnt() -> None:
    held = Profile(experiences=[Experience(kind="travail", title="Cariste")])
    said = lines_about("cariste", held, Cv(job_wanted="Cariste"))
    assert not [line for line in said if line.startswith(("Envie d’apprendre", "Devenir", "Après"))]


def test_a_placement_or_a_job_still_held_is_not_said_as_work_that_is_over() -> None:
    for kind, ongoing in (("stage", False), ("travail", True)):
        period = Period(start="2024-01", end="" if ongoing else "2024-06", ongoing=ongoing)
        item = Experience.model_validate({"kind": kind, "title": "Serveuse", "period": period})
        assert lines_about("j’ai travaillé", Profile(experiences=[item])) == []


def test_a_scooter_licence_is_no_driving_for_work() -> None:
    assert lines_about("conduire", Profile(certificates=[Certificate(key="permis-am")])) == []
    both_kinds = Profile(certificates=[Certificate(key="permis-am"), Certificate(key="permis-b")])
    assert lines_about("conduire", both_kinds) == ["Permis B en poche, je peux conduire pour le travail"]


def test_one_experience_is_not_several() -> None:
    one = Experience(kind="stage", title="Stagiaire en EHPAD", place="Les Lilas")
    assert lines_about("première expérience", Profile(experiences=[one]))
    assert not lines_about("chaque expérience", Profile(experiences=[one]))
    assert not lines_about("première expérience", Profile(experiences=[one, one.model_copy(update={"id": "2"})]))


def test_words_that_are_no_availability_are_in_no_sentence() -> None:
    profile = Profile(availability="ça dépend", qualities=[Quality(label="Calme"), Quality(label="Ponctuelle")])
    assert lines_about("dépend", profile) == []


def test_every_need_of_a_line_can_be_met() -> None:
    openings = cv_prompts().openings
    needs = {need for line in (*openings.ligne1, *openings.ligne2) for need in line.besoin}
    profile, cv = make.whole()
    profile.experiences = [Experience(kind="petit_boulot", title="Serveuse", place="Le Phare")]
    profile.experiences[0].period = Period(start="2024-01", end="2024-06")
    profile.certificates = [Certificate(key="permis-b")]
    profile.languages = [Language(key="wolof", can_do=["maternelle"])]
    profile.availability = "Disponible tout de suite"
    cv.job_wanted = "Cariste"
    met = opening_lines._opening_values(profile, cv, cv_prompts()).keys()
    assert needs - met == {"plusieurs_experiences"}
