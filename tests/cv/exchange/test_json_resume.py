"""JSON Resume 1.0: what is written is valid and read again, what others wrote is read, mistakes are named."""

from __future__ import annotations

from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from clicnjob import policy
from clicnjob.cv.document import compose
from clicnjob.cv.exchange.fields import BadFile
from clicnjob.cv.exchange.json_resume import from_json_resume, to_json_resume
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
        ({"basics": []}, "basics"),
        ({"basics": "Zoé"}, "basics"),
        ({"basics": {"name": 12}}, "basics.name"),
        ({"basics": {"name": "a" * 101}}, "basics.name"),
        ({"basics": {"name": "Zo\ud83d"}}, "basics.name"),
        ({"basics": {"email": "x@y.fr\nBcc: tous@z.fr"}}, "basics.email"),
        ({"basics": {"email": '"a b"@y.fr'}}, "basics.email"),
        ({"basics": {"phone": "06 12 34 56 78 (maman)"}}, "basics.phone"),
        ({"basics": {"phone": 612345678}}, "basics.phone"),
        ({"basics": {"location": "Lyon"}}, "basics.location"),
        ({"basics": {"location": {"city": "12 rue de la Paix"}}}, "basics.location.city"),
        ({"basics": {"summary": ["a"]}}, "basics.summary"),
        ({"work": {}}, "work"),
        ({"work": "x"}, "work"),
        ({"work": [{}, 3]}, "work[1]"),
        ({"work": [{}, {}, {"startDate": 2023}]}, "work[2].startDate"),
        ({"work": [{}, {}, {"startDate": "29/02/2007"}]}, "work[2].startDate"),
        ({"work": [{"startDate": "2007-02-29"}]}, "work[0].startDate"),
        ({"work": [{"startDate": "2007-13"}]}, "work[0].startDate"),
        ({"work": [{"startDate": "0001"}]}, "work[0].startDate"),
        ({"work": [{"startDate": "２０２３"}]}, "work[0].startDate"),
        ({"work": [{"startDate": "Present"}]}, "work[0].startDate"),
        ({"work": [{"startDate": "2023-05", "endDate": "2023-04"}]}, "work[0].endDate"),
        ({"work": [{"startDate": "2023", "endDate": "2022-12-31"}]}, "work[0].endDate"),
        ({"work": [{"location": 3}]}, "work[0].location"),
        ({"work": [{"location": {"city": []}}]}, "work[0].location.city"),
        ({"work": [{"highlights": "x"}]}, "work[0].highlights"),
        ({"work": [{"highlights": ["x", None]}]}, "work[0].highlights[1]"),
        ({"work": [{"position": "a" * 201}]}, "work[0].position"),
        ({"volunteer": [{"summary": {}}]}, "volunteer[0].summary"),
        ({"education": [{"score": 4.0}]}, "education[0].score"),
        ({"skills": [{"keywords": [1]}]}, "skills[0].keywords[0]"),
        ({"languages": ["fr"]}, "languages[0]"),
        ({"interests": [{"name": False}]}, "interests[0].name"),
        ({"certificates": [{"name": "a" + "\u0301" * 50}]}, "certificates[0].name"),
        ({"projects": [{"description": 1}]}, "projects[0].description"),
        ({"work": [{}] * (policy.CARRIED_ITEMS + 1)}, "work"),
    ],
)
def test_a_wrong_field_is_named(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(BadFile) as refusal:
        from_json_resume(wrong)
    assert refusal.value.sentence.startswith(f"{where}\u00a0: ")


@pytest.mark.parametrize(
    "name", ["O'Brien & <b>Zoé</b>", '#import "@preview/x:1.0.0"', "Robert'); DROP TABLE jeunes;--", "محمد"]
)
def test_words_are_kept_word_for_word(name: str) -> None:
    profile = from_json_resume({"work": [{"position": name}]})[0]
    assert profile.experiences[0].title == name
