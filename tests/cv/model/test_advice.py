"""Advice: each condition alone, its one gesture, and the order of importance."""

from __future__ import annotations

import json
from datetime import date

import pytest

from clicnjob.cv.model import advice
from clicnjob.cv.model.advice import Advice
from clicnjob.cv.model.profile import Cv, Experience, Gap, Interest, Period, Profile, Quality, Study
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.proofreading import email_address
from tests.for_each import for_each

TODAY = date(2025, 9, 15)


def experience(**changes: object) -> Experience:
    given: dict[str, object] = {
        "id": "vente", "title": "Vendeuse", "place": "Boutique Mode", "town": "Roubaix",
        "period": Period(start="2025-02", ongoing=True), "phrases": ["Servir 40 clients par jour"],
    }  # fmt: skip
    return Experience(**(given | changes))  # type: ignore[arg-type]


def person(**changes: object) -> Profile:
    given: dict[str, object] = {
        "first_name": "Lina", "last_name": "Morel", "phone": "06 39 98 12 34",
        "email": "lina.morel@exemple.fr",
        "town": "Roubaix", "experiences": [experience()],
        "qualities": [Quality(id="calme", label="Patiente", proof="J’ai gardé trois enfants")],
    }  # fmt: skip
    return Profile(**(given | changes))  # type: ignore[arg-type]


def said(profile: Profile | None = None, cv: Cv | None = None, **given: object) -> tuple[Advice, ...]:
    asked = (profile or person(), cv or Cv(job_wanted="Vente"))
    return advice.cv_advice(*asked, today=TODAY, **given)  # type: ignore[arg-type]


def keys(profile: Profile | None = None, cv: Cv | None = None, **given: object) -> list[str]:
    return [one.key for one in said(profile, cv, **given)]


def test_a_good_page_needs_no_advice() -> None:
    assert keys(fill=0.8) == []


def test_an_empty_profile_is_asked_the_essential_first() -> None:
    assert keys(Profile(), Cv()) == ["nom", "telephone", "metier", "experience"]


def test_a_page_without_anything_done_is_to_check_and_a_class_or_an_activity_is_enough() -> None:
    bare = person(experiences=[], studies=[])
    assert [(one.key, one.to_check) for one in said(bare)] == [("experience", True)]
    assert not advice.shows_something_done(bare, Cv())
    studied = person(experiences=[], studies=[Study(id="x", title="Classe de 3e")])
    assert [one for one in said(studied) if one.to_check] == []
    assert advice.shows_something_done(studied, Cv())


def test_no_e_mail_is_never_spoken_of() -> None:
    assert keys(person(email="")) == []


@for_each(
    "email",
    ["xXx_dark_xXx@exemple.fr", "bg.du59@exemple.fr", "beaugosse@exemple.fr", "lina420@exemple.fr",
     "miss_swag@exemple.fr",
     "le.boss69@exemple.fr", "princesse.lina@exemple.fr", "lina__morel@exemple.fr"],
)  # fmt: skip
def test_an_unserious_address_is_told_with_a_better_one(email: str) -> None:
    found = said(person(email=email))
    assert [one.key for one in found] == ["adresse_peu_sobre"]
    assert "lina.morel" in found[0].sentence


@for_each(
    "email",
    [
        "lina.morel@exemple.fr",
        "l.morel59@exemple.fr",
        "morel-lina@exemple.fr",
        "linamorel12@exemple.fr",
        "contact@exemple.fr",
    ],
)
def test_a_sober_address_is_left_alone(email: str) -> None:
    assert keys(person(email=email)) == []


def test_a_name_that_looks_like_slang_is_left_alone() -> None:
    assert email_address.is_sober("amour.king@exemple.fr", name="Amour King")


def test_a_birth_year_in_the_address_is_told() -> None:
    assert keys(person(email="lina.morel2004@exemple.fr")) == ["adresse_annee"]


def test_a_simple_address_is_made_without_accents() -> None:
    assert email_address.simple_address("Zoé-Anaïs", "N’Guessan") == "zoe-anais.n-guessan"


@pytest.mark.parametrize(
    ("profile", "step", "item", "text"),
    [
        (person(town="12 rue de la Paix, Roubaix"), "ville", "", "12 rue de la Paix"),
        (person(availability="Née le 3 mai 2004"), "disponibilite", "", "Née le 3 mai 2004"),
        (person(experiences=[experience(place="Mme Dupont")]), "experience_lieu", "vente", "Mme Dupont"),
        (person(interests=[Interest(id="i", label="Je suis croyant")]), "interets", "i", "Je suis croyant"),
    ],
)  # fmt: skip
def test_private_words_are_told_where_they_were_typed(profile: Profile, step: str, item: str, text: str) -> None:
    found = [one for one in said(profile) if one.key == "donnee_privee"]
    assert [(one.step, one.item, one.text) for one in found] == [(step, item, text)]


def test_private_words_of_the_cv_itself_are_told() -> None:
    found = said(cv=Cv(job_wanted="Vente", opening=["Motivée", "Mariée, 2 enfants"]))
    assert {(one.key, one.step) for one in found} == {("donnee_privee", "accroche_2")}


def test_the_person_s_own_phone_and_address_are_not_private() -> None:
    assert "donnee_privee" not in keys()


def test_a_phone_number_inside_a_line_is_told() -> None:
    lines = ["Servir 40 clients", "Appeler le 06 12 34 56 78"]
    assert "donnee_privee" in keys(person(experiences=[experience(phrases=lines)]))


def test_a_hidden_item_is_not_spoken_of() -> None:
    hidden = experience(id="cache", place="Mme Dupont", phrases=[], period=Period())
    assert keys(person(experiences=[experience(), hidden]), Cv(job_wanted="Vente", hidden=["cache"])) == []


@for_each(
    ("period", "key"),
    [
        (Period(start="2025-06", end="2025-02"), "dates_inversees"),
        (Period(start="2025", end="2024"), "dates_inversees"),
        (Period(start="2026-01"), "dates_futures"),
        (Period(start="2025-02", end="2025-10"), "dates_futures"),
        (Period(start="2025-02", end="2025-03", ongoing=True), "dates_en_cours"),
    ],
)
def test_dates_that_contradict_are_told(period: Period, key: str) -> None:
    found = said(person(experiences=[experience(period=period)]))
    assert (key, "experience_dates", "vente") in [(one.key, one.step, one.item) for one in found]


@pytest.mark.parametrize("period", [Period(start="2025", end="2025-03"), Period(start="2025-03", end="2025")])
def test_a_year_and_a_month_of_it_do_not_contradict(period: Period) -> None:
    assert not {"dates_inversees", "dates_futures"} & set(keys(person(experiences=[experience(period=period)])))


def test_a_course_may_end_later() -> None:
    course = Study(id="cap", title="CAP Cuisine", state="en_cours", period=Period(start="2024-09", end="2026-06"))
    assert keys(person(studies=[course])) == []


def test_too_long_names_the_oldest_to_hide() -> None:
    old = experience(id="ancien", title="Stage de 3e", period=Period(start="2025-01", end="2025-01"))
    found = said(person(experiences=[experience(), old]), fill=1.2)
    assert [(one.key, one.item, one.text) for one in found] == [("trop_long", "ancien", "Stage de 3e")]


def test_too_empty_is_said_only_once_something_stands_there() -> None:
    assert keys(fill=0.3) == ["trop_vide"]
    assert "trop_vide" not in keys(person(experiences=[]), fill=0.2)


def test_no_number_in_any_line_is_told() -> None:
    assert keys(person(experiences=[experience(phrases=["Servir les clients"])])) == ["sans_nombre"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"phrases": []}, "experience_sans_phrase"),
        ({"period": Period()}, "experience_sans_date"),
        ({"place": "", "town": ""}, "experience_sans_lieu"),
    ],
)
def test_an_experience_that_lacks_something_is_told(changes: dict[str, object], key: str) -> None:
    found = said(person(experiences=[experience(**changes)]))
    assert [(one.key, one.item) for one in found] == [(key, "vente")]


def test_a_gap_of_six_months_is_told_with_kind_words() -> None:
    first = experience(id="a", period=Period(start="2023-01", end="2023-12"))
    found = said(person(experiences=[first, experience()]))
    assert [(one.key, one.step) for one in found] == [("trou", "trous")]
    assert "vécu" in found[0].sentence


def test_a_gap_already_told_is_left_alone() -> None:
    first = experience(id="a", period=Period(start="2023-01", end="2023-12"))
    told = Gap(id="g", text="Soutien à ma famille", period=Period(start="2024-01", end="2025-01"))
    assert keys(person(experiences=[first, experience()], gaps=[told])) == []


def test_a_gap_of_five_months_is_nobody_s_business() -> None:
    first = experience(id="a", period=Period(start="2023-01", end="2024-08"))
    assert keys(person(experiences=[first, experience()])) == []


def test_signs_without_a_drawing_lead_to_where_they_are() -> None:
    found = said(person(experiences=[experience(title="Vendeuse 🔥")]), uncovered=("🔥",))
    assert [(one.key, one.step, one.item) for one in found] == [("caracteres", "experience_intitule", "vente")]


def test_words_to_look_at_again_are_counted_by_item() -> None:
    found = said(person(experiences=[experience(phrases=["Servire 40 client", "Netoyer les tables"])]))
    assert [(one.key, one.item) for one in found] == [("orthographe", "vente")]
    assert "3 mots" in found[0].sentence


def test_names_of_places_are_no_faults() -> None:
    assert keys(person(experiences=[experience(place="Kebab Krousty", title="Serveuse au krousty")])) == []


def test_a_quality_without_proof_is_told() -> None:
    found = said(person(qualities=[Quality(id="q", label="Ponctuelle")]))
    assert [(one.key, one.step, one.item) for one in found] == [("qualite_sans_preuve", "qualite_preuve", "q")]


def test_more_than_three_qualities_are_told_once() -> None:
    proven = [Quality(id=str(n), label="Calme", proof="J’ai gardé des enfants") for n in range(4)]
    assert keys(person(qualities=proven)) == ["qualites_trop"]


def test_advice_comes_by_importance() -> None:
    found = said(Profile(email="bg@exemple.fr", town="12 rue de la Paix", qualities=[Quality(label="Calme")]), Cv())
    assert [one.importance for one in found] == sorted(one.importance for one in found)
    assert found[0].key == "donnee_privee"


def test_each_advice_opens_a_screen_that_exists() -> None:
    assert {words.etape for words in advice.advice_by_key().values()} <= set(cv_prompts().screens)


def test_sentences_are_short_kind_and_typographic() -> None:
    for words in advice.advice_by_key().values():
        assert "'" not in words.phrase + words.geste
        assert words.phrase.endswith((".", "?", "{mieux}"))
        assert all(len(sentence.split()) <= 15 for sentence in words.phrase.replace("?", ".").split("."))


def test_no_advice_gives_a_score() -> None:
    assert not any(
        "%" in w.phrase or "note" in w.phrase or "point" in w.phrase for w in advice.advice_by_key().values()
    )


def test_what_is_typed_never_becomes_part_of_the_template() -> None:
    found = said(person(experiences=[experience(title="{mieux} {nombre}", phrases=[])]))
    assert "{mieux} {nombre}" in found[0].sentence


def test_a_long_text_is_cut_in_the_sentence_only() -> None:
    found = said(person(experiences=[experience(title="Vendeuse " * 20, phrases=[])]))
    assert len(found[0].sentence) < 150
    assert found[0].text == "Vendeuse " * 20


def test_advice_can_be_written_as_json() -> None:
    told = advice.as_json(said(Profile(), Cv()))
    assert json.loads(json.dumps(told)) == told
    assert set(told[0]) == {"key", "importance", "sentence", "gesture", "step", "item", "text", "to_check"}
