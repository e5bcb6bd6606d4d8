"""JSON Resume 1.0: what is written is valid and read again, what others wrote is read, mistakes are named."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from clicnjob import policy
from clicnjob.cv.document import compose
from clicnjob.cv.exchange import json_resume
from clicnjob.cv.exchange.fields import Object
from clicnjob.cv.exchange.json_resume import to_json_resume
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    Gap,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    Study,
)
from tests.for_each import for_each


def from_json_resume(data: Object) -> tuple[Profile, Cv]:
    """The profile and the CV of a file, without what was left out."""
    found = json_resume.from_json_resume(data)
    return found.profile, found.cv


TEXT = {"type": "string"}
DATE = {"type": "string", "pattern": r"^[12]\d{3}(-[01]\d(-[0-3]\d)?)?$"}
TEXTS = {"type": "array", "items": TEXT}
CITY = {"type": "object", "properties": {"city": TEXT}}


def listed(**fields: object) -> dict[str, object]:
    return {"type": "array", "items": {"type": "object", "properties": fields}}


# What version 1.0.0 of the standard asks of the parts that we write.
STANDARD = {
    "type": "object",
    "required": ["$schema", "meta"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "basics": {
            "type": "object",
            "properties": {
                **dict.fromkeys(("name", "label", "phone", "summary"), TEXT),
                "email": {"type": "string", "format": "email"},
                "location": CITY,
            },
        },
        "work": listed(
            **dict.fromkeys(("name", "location", "description", "position", "summary"), TEXT),
            startDate=DATE,
            endDate=DATE,
            highlights=TEXTS,
        ),
        "volunteer": listed(
            organization=TEXT,
            position=TEXT,
            summary=TEXT,
            startDate=DATE,
            endDate=DATE,
            highlights=TEXTS,
            location=CITY,
        ),
        "education": listed(
            **dict.fromkeys(("institution", "area", "studyType", "score"), TEXT),
            startDate=DATE,
            endDate=DATE,
            location=CITY,
        ),
        "certificates": listed(name=TEXT, date=DATE, issuer=TEXT),
        "skills": listed(name=TEXT, level=TEXT, keywords=TEXTS),
        "languages": listed(language=TEXT, fluency=TEXT),
        "interests": listed(name=TEXT, keywords=TEXTS),
        "projects": listed(
            name=TEXT,
            description=TEXT,
            highlights=TEXTS,
            keywords=TEXTS,
            startDate=DATE,
            endDate=DATE,
            entity=TEXT,
        ),
        "meta": {"type": "object"},
    },
    "additionalProperties": False,
}


def usual() -> tuple[Profile, Cv]:
    profile = Profile(
        first_name="Zoé",
        last_name="Bernard",
        phone="+33612345678",
        email="zoe@exemple.fr",
        town="Lyon",
        experiences=[
            Experience(
                kind="travail",
                title="Caissière",
                place="Épicerie & Cie",
                town="Lyon",
                period=Period(start="2024-03", ongoing=True),
                phrases=["Encaisser les clients", "Ranger <le> rayon"],
            ),
            Experience(
                kind="stage",
                title="Aide cuisine",
                place="Cantine",
                period=Period(start="2023-05", end="2023-06"),
            ),
            Experience(kind="petit_boulot", title="Vendanges", period=Period(start="2022")),
            Experience(kind="aide_famille", title="Garde de mes frères", period=Period(start="2020", end="2022")),
            Experience(kind="benevolat", title="Tri de vêtements", place="Association", town="Lyon"),
            Experience(
                kind="sport_asso",
                title="Joueuse",
                place="Club de foot",
                period=Period(start="2019", ongoing=True),
            ),
            Experience(
                kind="service_civique",
                title="Accueil",
                place="Musée",
                period=Period(start="2021-01", end="2021-07"),
            ),
            Experience(kind="projet", title="Film court", place="Maison de quartier", phrases=["Tourner 3 scènes"]),
        ],
        studies=[
            Study(
                level="cap",
                title="Cuisine",
                school="Lycée Hélène-Boucher",
                town="Lyon",
                period=Period(start="2021-09", end="2023-06"),
                state="non_obtenu",
            ),
            Study(title="Remise à niveau", state="annee_suivie", period=Period(start="2020")),
        ],
        certificates=[Certificate(label="PSC", detail="2023")],
        languages=[
            Language(key="anglais", label="Anglais", can_do=["a1-ecouter", "a1-parler", "a1-lire", "a1-ecrire"]),
            Language(key="francais", label="Français", can_do=["maternelle"]),
            Language(label="Langue des signes"),
        ],
        qualities=[Quality(label="Ponctuelle", proof="Jamais en retard en stage"), Quality(label="Calme")],
        interests=[Interest(label="Musique", detail="Guitare depuis 4 ans"), Interest(label="Cinéma")],
        skills=["Tenir une caisse", "Règles d’hygiène"],
    )
    return profile, Cv(job_wanted="Employée de rayon", opening=["Motivée et ponctuelle.", "Je cherche un CDD."])


def shown(profile: Profile, cv: Cv) -> list[str]:
    return sorted(compose.compose_document(profile, cv).all_texts())


def test_what_is_written_is_valid() -> None:
    jsonschema.validate(to_json_resume(*usual()), STANDARD)


def test_an_empty_profile_is_valid() -> None:
    jsonschema.validate(to_json_resume(Profile(), Cv()), STANDARD)


def test_the_page_says_the_same_after_a_round_trip() -> None:
    assert shown(*from_json_resume(to_json_resume(*usual()))) == shown(*usual())


def test_writing_again_what_was_read_gives_the_same_file() -> None:
    once = to_json_resume(*usual())
    assert to_json_resume(*from_json_resume(once)) == once


def test_the_kind_of_an_experience_is_not_told_since_the_page_does_not_print_it() -> None:
    made = to_json_resume(*usual())
    assert [row["position"] for row in made["work"]] == [*_headings()]
    assert not {"volunteer", "projects"} & made.keys()
    assert not [row for row in made["work"] if "description" in row]


def _headings() -> list[str]:
    sections = {section.key: section for section in compose.compose_document(*usual()).sections}
    return [entry.heading for entry in sections["experiences"].entries]


def test_what_has_no_name_yet_is_written_with_the_name_that_the_page_prints() -> None:
    (work,) = to_json_resume(Profile(experiences=[Experience(place="Chez ma tante")]), Cv())["work"]
    assert (work["position"], work["name"]) == ("Stage", "Chez ma tante")
    (study,) = to_json_resume(Profile(studies=[Study(school="Lycée Rosa-Parks")]), Cv())["education"]
    assert study["institution"] == "Lycée Rosa-Parks"


def test_a_study_of_which_nothing_is_said_is_neither_printed_nor_written() -> None:
    assert "education" not in to_json_resume(Profile(studies=[Study()]), Cv())


def test_a_file_of_an_earlier_release_still_says_what_was_volunteering() -> None:
    old = {
        "basics": {"name": "Zoé"},
        "work": [{"position": "Garde de mes frères", "description": "Aide à la famille"}],
        "volunteer": [{"position": "Joueuse", "summary": "Sport et associations"}],
        "projects": [{"name": "Film court"}],
    }
    read, _ = from_json_resume(old)
    assert [one.kind for one in read.experiences] == ["aide_famille", "sport_asso", "projet"]


@for_each(
    "period",
    [
        Period(),
        Period(start="2023"),
        Period(start="2021", end="2023"),
        Period(start="2023-06", end="2023-06"),
        Period(start="2022-11", end="2023"),
        Period(start="2024-03", ongoing=True),
        Period(start="2019", ongoing=True),
        Period(end="2023-06"),
    ],
)
def test_a_period_comes_back_as_it_was(period: Period) -> None:
    profile = Profile(experiences=[Experience(title="Stage", period=period)])
    assert from_json_resume(to_json_resume(profile, Cv()))[0].experiences[0].period == period


def test_a_period_in_words_gives_its_year() -> None:
    profile = Profile(experiences=[Experience(title="A", period=Period(start="2022", words="été 2022"))])
    assert to_json_resume(profile, Cv())["work"] == [{"position": "A", "startDate": "2022", "endDate": "2022"}]


def test_a_year_that_the_words_do_not_say_is_not_written() -> None:
    profile = Profile(experiences=[Experience(title="A", period=Period(start="2022", words="l’été dernier"))])
    assert to_json_resume(profile, Cv())["work"] == [{"position": "A"}]


@for_each(
    ("first", "last"),
    [
        ("Zoé", "Bernard"),
        ("Marie Claire", "DUPONT"),
        ("Zoé", "de la Tour"),
        ("Jean-Luc", "O'Brien"),
        ("Zoé", ""),
    ],
)
def test_first_and_last_names_come_back_apart(first: str, last: str) -> None:
    read = from_json_resume(to_json_resume(Profile(first_name=first, last_name=last), Cv()))[0]
    assert (read.first_name, read.last_name) == (first, last)


def test_what_the_cv_hides_is_not_written() -> None:
    profile = Profile(
        experiences=[
            Experience(id="a", kind="travail", title="Montré"),
            Experience(id="b", kind="travail", title="Caché"),
        ],
        skills=["Montrée", "Cachée"],
        interests=[Interest(label="Caché")],
    )
    made = to_json_resume(profile, Cv(hidden=["b", "Cachée", "interests"]))
    assert (made["work"], made["skills"], "interests" in made) == (
        [{"position": "Montré"}],
        [{"name": "Montrée"}],
        False,
    )


def test_items_are_written_in_the_order_of_the_cv() -> None:
    profile = Profile(experiences=[Experience(id=i, kind="travail", title=i) for i in "abc"])
    assert [w["position"] for w in to_json_resume(profile, Cv(order=["c", "a"]))["work"]] == ["c", "a", "b"]


def test_gaps_stay_at_home() -> None:
    assert "work" not in to_json_resume(Profile(gaps=[Gap(text="Aide à ma famille")]), Cv())


FOREIGN: dict[str, Any] = {
    "$schema": "https://example.org/schema.json",
    "basics": {
        "name": "Ana María Souza",
        "label": "Developer",
        "image": "https://example.org/me.png",
        "phone": "(912) 555-4321",
        "email": "ana@exemple.org",
        "url": "https://example.org",
        "summary": "First line.\nSecond line.",
        "location": {
            "address": "2712 Broadway St",
            "postalCode": "94115",
            "city": "San Francisco",
            "region": None,
        },
        "profiles": [{"network": "x", "username": "y"}],
    },
    "work": [
        {
            "name": "Acme",
            "location": "Palo Alto, CA",
            "description": "A company",
            "position": "Stagiaire",
            "startDate": "2013-12-01",
            "endDate": "2014-12-01",
            "summary": "Did things.",
            "highlights": ["One", "", "Two"],
            "x": {"unknown": [1, 2]},
        },
        {"company": "Old form", "position": "Clerk", "startDate": "1985", "endDate": None},
        {"position": "Now", "startDate": "2024-01-05T00:00:00Z", "endDate": "Present"},
        {},
    ],
    "volunteer": [{"organization": "Dojo", "summary": "Free clubs.", "location": {"city": "Nice"}}],
    "education": [
        {
            "institution": "University",
            "area": "IT",
            "studyType": "Bachelor",
            "score": "4.0",
            "courses": ["DB"],
        },
        {"studyType": "CAP", "area": "Cuisine"},
    ],
    "awards": [{"title": "Prize"}],
    "references": [{"name": "Somebody", "reference": "Good"}],
    "certificates": [{"name": "PSC", "issuer": "Croix-Rouge", "date": "2021-11"}, {}],
    "skills": [{"name": "Web", "level": "Master", "keywords": ["HTML", "CSS"]}, {"name": "Web2"}, {}],
    "languages": [{"language": "English", "fluency": "Native"}, {"language": "Anglais", "fluency": "B1"}],
    "interests": [{"name": "Wildlife", "keywords": ["Ferrets", "Unicorns"]}, {}],
    "projects": [
        {"name": "Map", "description": "A map", "entity": "Smoogle", "roles": ["Lead"], "type": "application"}
    ],
    "meta": {"version": "v1.0.0"},
    "unknown": 12,
}


def test_a_file_from_elsewhere_is_read_and_its_extras_ignored() -> None:
    profile, cv = from_json_resume(FOREIGN)
    assert (profile.first_name, profile.last_name, profile.town, cv.job_wanted) == (
        "Ana",
        "María Souza",
        "San Francisco",
        "Developer",
    )


def test_a_number_that_cannot_be_called_from_here_is_kept_as_written() -> None:
    assert from_json_resume(FOREIGN)[0].phone == "(912) 555-4321"


def test_the_street_of_a_file_from_elsewhere_is_never_read() -> None:
    profile, cv = from_json_resume(FOREIGN)
    assert "Broadway" not in profile.model_dump_json() + cv.model_dump_json()


def test_the_names_of_others_are_never_read() -> None:
    assert "Somebody" not in from_json_resume(FOREIGN)[0].model_dump_json()


@pytest.mark.parametrize(
    "number, kept",
    [
        (0, Period(start="2013-12", end="2014-12")),
        (1, Period(start="1985", ongoing=True)),
        (2, Period(start="2024-01", ongoing=True)),
        (3, Period()),
    ],
)
def test_dates_from_elsewhere_are_read_leniently(number: int, kept: Period) -> None:
    assert from_json_resume(FOREIGN)[0].experiences[number].period == kept


def test_a_summary_becomes_the_first_phrase() -> None:
    assert from_json_resume(FOREIGN)[0].experiences[0].phrases == ["Did things.", "One", "Two"]


def test_a_placement_is_recognised_by_its_title() -> None:
    assert from_json_resume(FOREIGN)[0].experiences[0].kind == "stage"


def test_a_diploma_is_never_claimed_for_someone() -> None:
    assert [study.state for study in from_json_resume(FOREIGN)[0].studies] == ["", ""]


def test_a_known_diploma_takes_its_key_and_another_keeps_its_words() -> None:
    assert [(s.level, s.title) for s in from_json_resume(FOREIGN)[0].studies] == [
        ("", "Bachelor IT"),
        ("cap", "Cuisine"),
    ]


def test_a_known_level_becomes_statements_and_another_keeps_its_words() -> None:
    first, second = from_json_resume(FOREIGN)[0].languages
    assert first.label == "English (Native)" and compose.language_level(second).endswith("(B1)")


def test_keywords_are_kept_beside_their_name() -> None:
    profile = from_json_resume(FOREIGN)[0]
    assert (profile.skills, profile.interests[0].detail) == (
        ["Web\u00a0: HTML, CSS", "Web2"],
        "Wildlife\u00a0: Ferrets, Unicorns",
    )


def test_the_page_of_a_file_from_elsewhere_survives_a_round_trip() -> None:
    once = from_json_resume(FOREIGN)
    assert shown(*from_json_resume(to_json_resume(*once))) == shown(*once)


@for_each(
    ("wrong", "where"),
    [
        ({"basics": []}, "Tes coordonnées"),
        ({"basics": "Zoé"}, ""),
        ({"basics": {"name": "a" * 201}}, "Ton nom, c’est trop long"),
        ({"basics": {"name": "Zo\ud83d"}}, "Ton nom"),
        ({"basics": {"name": {"first": "Zoé"}}}, "Ton nom"),
        ({"basics": {"email": "x@y.fr\nBcc: tous@z.fr"}}, "Ton adresse e-mail"),
        ({"basics": {"email": '"a b"@y.fr'}}, "Ton adresse e-mail"),
        ({"basics": {"email": "awa.ba@gmail.con"}}, "Ton adresse e-mail"),
        ({"basics": {"phone": "06 12 34 56 78 (maman)"}}, "Ton téléphone"),
        ({"basics": {"phone": "sur demande"}}, "Ton téléphone"),
        ({"basics": {"location": {"city": "12 rue de la Paix"}}}, "Ta ville"),
        ({"basics": {"location": 3.5}}, "Ta ville"),
        ({"work": 3}, "Ton 1ᵉʳ emploi"),
        ({"work": [{}, 3]}, "Ton 2ᵉ emploi"),
        ({"work": [{}, {}, {"startDate": "29/02/2007"}]}, "Ton 3ᵉ emploi\u00a0: la date de début"),
        ({"work": [{"startDate": "2007-02-29"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de début"),
        ({"work": [{"startDate": "2007-13"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de début"),
        ({"work": [{"startDate": "0001"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de début"),
        ({"work": [{"startDate": "Present"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de début"),
        ({"work": [{"startDate": "2023-05", "endDate": "2023-04"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de fin"),
        ({"work": [{"startDate": "2023", "endDate": "2022-12-31"}]}, "Ton 1ᵉʳ emploi\u00a0: la date de fin"),
        ({"work": [{"location": {"city": {}}}]}, ""),
        ({"work": [{"highlights": ["x", {"a": 1}]}]}, "Ton 1ᵉʳ emploi\u00a0: une phrase"),
        ({"work": [{"position": "a" * 201}]}, "Ton 1ᵉʳ emploi\u00a0: le titre, c’est trop long"),
        ({"education": [{"score": 4.0}]}, "Ta 1ʳᵉ formation\u00a0: la note"),
        ({"languages": [{"language": True}]}, "Ta 1ʳᵉ langue\u00a0: le nom"),
        ({"interests": [{"name": False}]}, "Ton 1ᵉʳ centre d’intérêt\u00a0: le nom"),
        ({"certificates": [{"name": "a" + "\u0301" * 50}]}, "Ton 1ᵉʳ certificat\u00a0: le nom"),
        ({"projects": [{"description": True}]}, "Ton 1ᵉʳ projet\u00a0: une phrase"),
        ({"work": [{}] * (policy.CARRIED_ITEMS + 1)}, "Ton 1ᵉʳ emploi…"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said_by_its_place_on_the_cv(wrong: dict[str, Any], where: str) -> None:
    said = json_resume.from_json_resume(wrong).left_out
    assert [line for line in said if line.startswith(where) and line.endswith(".")] if where else not said


def test_everything_that_is_left_out_is_said_at_once_and_the_rest_is_kept() -> None:
    found = json_resume.from_json_resume(
        {
            "basics": {"name": "Awa Ba", "phone": "sur demande", "email": "awa"},
            "work": [{"position": "Vendeuse", "startDate": "hier"}, {"position": "Caissière", "startDate": "2023-05"}],
        }
    )
    assert [line.split("\u00a0:")[0] for line in found.left_out] == [
        "Ton téléphone", "Ton adresse e-mail", "Ton 1ᵉʳ emploi",
    ]  # fmt: skip
    assert [one.title for one in found.profile.experiences] == ["Vendeuse", "Caissière"]
    assert found.profile.experiences[1].period == Period(start="2023-05", ongoing=True)


@for_each(
    ("row", "kept"),
    [
        ({"startDate": "Septembre 2024", "endDate": "Présent"}, Period(start="2024-09", ongoing=True)),
        ({"startDate": "20-08-2017", "endDate": "31/12/2018"}, Period(start="2017-08", end="2018-12")),
        ({"startDate": 2019, "endDate": 2020}, Period(start="2019", end="2020")),
        ({"startDate": 2019.0}, Period(start="2019", ongoing=True)),
        ({"startDate": "Sep 2022", "endDate": "March 2023"}, Period(start="2022-09", end="2023-03")),
        ({"startDate": "depuis septembre 2024"}, Period(start="2024-09", ongoing=True)),
        ({"startDate": "mi-2023", "endDate": "2024"}, Period(start="2023", end="2024", words="mi-2023 – 2024")),
        ({"period": "March 2020 – Present"}, Period(start="2020-03", ongoing=True)),
        ({"date": "2023"}, Period(start="2023")),
        ({"endDate": "2023-06"}, Period(end="2023-06")),
        ({"startDate": "été 2022", "endDate": ""}, Period(start="2022", words="été 2022")),
    ],
)
def test_dates_are_read_as_other_tools_and_people_write_them(row: dict[str, Any], kept: Period) -> None:
    found = json_resume.from_json_resume({"work": [{"position": "Vendeuse", **row}]})
    assert (found.profile.experiences[0].period, found.left_out) == (kept, ())


def test_a_length_is_counted_from_today() -> None:
    period = json_resume.from_json_resume({"work": [{"startDate": "depuis 2 ans"}]}).profile.experiences[0].period
    assert period == Period(start=str(date.today().year - 2), ongoing=True)


@for_each(
    ("name", "first", "last"),
    [
        ("BA Awa", "Awa", "BA"),
        ("DUPONT LEROY Marie Claire", "Marie Claire", "DUPONT LEROY"),
        ("DUPONT, Marie", "Marie", "DUPONT"),
        ("Marie DUPONT", "Marie", "DUPONT"),
        ("BA AWA", "BA", "AWA"),
        ("awa ba", "awa", "ba"),
        ("Awa", "Awa", ""),
    ],
)
def test_a_name_in_capitals_is_the_last_name_wherever_it_stands(name: str, first: str, last: str) -> None:
    assert json_resume.split_name(name) == (first, last)


def test_what_has_no_place_on_a_cv_from_here_is_said() -> None:
    (said,) = json_resume.from_json_resume(FOREIGN).left_out[-1:]
    for dropped in (
        "tes prix",
        "le nom d’autres personnes",
        "tes liens internet",
        "tes réseaux",
        "tes cours",
        "ta rue",
    ):
        assert dropped in said


@pytest.mark.parametrize(
    "name", ["O'Brien & <le> Zoé", '#import "@preview/x:1.0.0"', "Robert'); DROP TABLE jeunes;--", "محمد"]
)
def test_words_are_kept_word_for_word(name: str) -> None:
    profile = from_json_resume({"work": [{"position": name}]})[0]
    assert profile.experiences[0].title == name
