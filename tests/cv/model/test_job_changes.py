"""The job wanted and the aim: the title of the page, its sentences, the order of its sections."""

from __future__ import annotations

import pytest

from clicnjob.cv.document import compose
from clicnjob.cv.exchange import page_file
from clicnjob.cv.model import aims, job_changes, opening_lines
from clicnjob.cv.model.profile import SECTION_KEYS, Cv, Profile, Quality
from clicnjob.cv.model.prompts import cv_prompts

AIMS = list(cv_prompts().aims.values())


def lines(cv: Cv, profile: Profile | None = None) -> tuple[str, ...]:
    asked = profile or Profile()
    return (*opening_lines.opening_lines(1, asked, cv), *opening_lines.opening_lines(2, asked, cv))


def test_own_words_that_are_no_job_come_into_no_sentence() -> None:
    cv = Cv(job_wanted="Un truc dans les motos", aim="stage")
    assert not [line for line in lines(cv) if "motos" in line.lower()]


def test_a_wish_is_never_printed() -> None:
    cv = Cv(wish="un truc dans les motos", aim="alternance")
    page = compose.compose_document(Profile(first_name="Kévin"), cv)
    assert "motos" not in " ".join(page.all_texts())
    assert page.job_wanted == "Recherche d’alternance"


@pytest.mark.parametrize("job", ["Vendeuse", ""])
def test_the_title_says_the_job_and_the_aim_and_is_read_again(job: str) -> None:
    titled = [(words.cle, Cv(job_wanted=job, aim=words.cle)) for words in AIMS]
    strayed = [
        key for key, cv in titled if aims.parted_title(aims.page_title(cv)) != (job, key if job == "" else cv.aim)
    ]
    assert [key for key in strayed if key != "emploi"] == []  # with a job, « Vendeuse » alone means any work


def test_the_file_of_a_page_keeps_the_aim() -> None:
    cv = Cv(job_wanted="Vendeuse", aim="stage")
    _, read = page_file.from_page_file(page_file.to_page_file(Profile(), cv))
    assert (read.job_wanted, read.aim) == ("Vendeuse", "stage")


def test_sentences_fit_the_aim() -> None:
    said = {words.cle: " ".join(lines(Cv(job_wanted="Vendeuse", aim=words.cle))).lower() for words in AIMS}
    assert "alternance" in said["alternance"]
    assert "stage" in said["stage"]
    assert "premier emploi" in said["emploi"]
    wrong = [aim for aim, text in said.items() if aim not in ("emploi", "saison", "extra") and "emploi" in text]
    assert wrong == []


def test_a_new_job_is_put_into_the_sentence_built_from_the_old_one_and_told() -> None:
    cv = Cv(job_wanted="Serveuse", opening=["Envie d’apprendre le métier de serveuse sur le terrain"])
    told = job_changes.change_job(Profile(), cv, "Vendeuse en boulangerie")
    assert cv.opening == ["Envie d’apprendre le métier de vendeuse en boulangerie sur le terrain"]
    assert "vendeuse en boulangerie" in told[0]


def test_an_old_sentence_with_own_words_is_replaced_too() -> None:
    cv = Cv(
        job_wanted="un truc dans les motos",
        opening=["Envie d’apprendre le métier d’un truc dans les motos sur le terrain"],
    )
    job_changes.change_job(Profile(), cv, "Mécanicienne moto")
    assert "truc" not in cv.opening[0]


def test_a_sentence_in_own_words_stays_and_the_person_is_told_that_it_names_the_old_job() -> None:
    mine = "Serveuse dans l’âme depuis l’enfance"
    cv = Cv(job_wanted="Serveuse", opening=["", mine])
    told = job_changes.change_job(Profile(), cv, "Vendeuse")
    assert cv.opening == ["", mine]
    assert told == (
        "Ta phrase parle encore de «\u00a0Serveuse\u00a0». Choisis-en une autre dans «\u00a0Ma présentation\u00a0».",
    )


def test_a_sentence_that_no_longer_fits_the_aim_gives_way() -> None:
    first = next(
        line for line in lines(Cv(job_wanted="Vendeuse", aim="emploi")) if line.startswith("Un premier emploi")
    )
    cv = Cv(job_wanted="Vendeuse", aim="emploi", opening=[first])
    assert job_changes.change_aim(Profile(), cv, "stage")
    assert "emploi" not in cv.opening[0]


def test_what_does_not_depend_on_the_job_is_left_alone() -> None:
    profile = Profile(qualities=[Quality(label="Calme")])
    cv = Cv(job_wanted="Serveuse", opening=["", "Je suis calme et j’apprends vite"])
    assert job_changes.change_job(profile, cv, "Vendeuse") == ()
    assert cv.opening[1] == "Je suis calme et j’apprends vite"


def test_the_aim_orders_the_sections_unless_the_person_did() -> None:
    cv = Cv()
    job_changes.change_aim(Profile(), cv, "alternance")
    assert cv.section_order[0] == "studies"
    job_changes.change_aim(Profile(), cv, "emploi")
    assert cv.section_order == list(SECTION_KEYS)
    own = list(reversed(SECTION_KEYS))
    cv.section_order = own
    job_changes.change_aim(Profile(), cv, "alternance")
    assert cv.section_order == own


def test_the_answers_that_an_aim_offers_first_exist() -> None:
    known = {choice.cle for choice in cv_prompts().job.disponibilites}
    assert [key for words in AIMS for key in words.disponibilites if key not in known] == []
