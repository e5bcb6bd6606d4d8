"""The page composed from the answers: what is shown, in which order, how it is said."""

from __future__ import annotations

from clicnjob.cv.document import compose
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.model import job_changes, phrases, rereading, spots
from clicnjob.cv.model.profile import Cv, Experience, Gap, Language, Period, Profile, Quality, Study
from clicnjob.cv.model.prompts import cv_prompts
from tests import make
from tests.for_each import for_each


def page(profile: Profile, **choices: object) -> Document:
    return compose.compose_document(profile, Cv.model_validate(choices))


def section(document: Document, key: str):  # type: ignore[no-untyped-def]
    return next(s for s in document.sections if s.key == key)


def test_nothing_answered_makes_a_page_without_sections() -> None:
    assert page(Profile()).all_texts() == ()


def test_the_name_is_written_as_on_french_cvs() -> None:
    assert page(Profile(first_name="Zoé", last_name="Dubreuil")).name == "Zoé DUBREUIL"


def test_the_newest_experience_comes_first_and_what_goes_on_is_on_top() -> None:
    old, new, still = (
        Experience(title="Vieux", period=Period(start="2021-01", end="2021-02")),
        Experience(title="Récent", period=Period(start="2024-01", end="2024-02")),
        Experience(title="Actuel", period=Period(start="2020-01", ongoing=True)),
    )
    entries = section(page(Profile(experiences=[old, new, still])), "experiences").entries
    assert [entry.heading for entry in entries] == ["Actuel", "Récent", "Vieux"]


def test_the_experience_of_the_wanted_job_comes_first_and_the_date_decides_between_others() -> None:
    stand, table, children = (
        Experience(title="Aide au marché", period=Period(start="2024-01", end="2024-02")),
        Experience(title="Serveuse", period=Period(start="2021-01", end="2021-02")),
        Experience(title="Baby-sitter", period=Period(start="2023")),
    )
    profile = Profile(experiences=[children, stand, table])
    entries = section(page(profile, job_wanted="Serveuse"), "experiences").entries
    assert [entry.heading for entry in entries] == ["Serveuse", "Aide au marché", "Baby-sitter"]
    assert compose.newest_experiences_first(profile) == (stand.id, children.id, table.id)


def test_the_order_chosen_wins_over_the_dates() -> None:
    old, new = (
        Experience(title="Vieux", period=Period(start="2021")),
        Experience(title="Récent", period=Period(start="2024")),
    )
    shown = page(Profile(experiences=[old, new]), order=[old.id, new.id])
    assert [entry.heading for entry in section(shown, "experiences").entries] == ["Vieux", "Récent"]


def test_what_is_hidden_is_not_on_the_page() -> None:
    kept, hidden = Experience(title="Gardé"), Experience(title="Caché")
    shown = page(Profile(experiences=[kept, hidden]), hidden=[hidden.id])
    assert "Caché" not in shown.all_texts()
    assert "Gardé" in shown.all_texts()


@for_each(
    ("said", "printed"),
    [
        ([], ()),
        (["Déplacements à vélo jusqu’à 8 km"], ("Déplacements à vélo jusqu’à 8 km",)),
        (
            ["Déplacements en transports en commun", "Déplacements en scooter"],
            ("Déplacements en transports en commun ou en scooter",),
        ),
        (
            ["Déplacements à pied", "Déplacements en bus", "Déplacements en scooter jusqu’à 15 km"],
            ("Déplacements à pied, en bus ou en scooter (jusqu’à 15 km)",),
        ),
        (
            ["Véhicule personnel, jusqu’à 30 km", "Déplacements en train", "Déplacements à pied", "Permis AM"],
            ("Déplacements en train ou à pied", "Véhicule personnel, jusqu’à 30 km", "Permis AM"),
        ),
    ],
)
def test_ways_to_get_to_work_are_joined_as_a_person_would(said: list[str], printed: tuple[str, ...]) -> None:
    assert page(Profile(mobility=said)).contact == printed


def test_every_ready_way_to_get_to_work_can_be_joined() -> None:
    ways = [phrases.phrase_text(way.sur_le_cv, 8 if way.km else None) for way in cv_prompts().job.mobilites]
    trips = [way for way in ways if way.startswith("Déplacements ")]
    assert page(Profile(mobility=ways)).contact[0].count("Déplacements") == 1
    assert len(page(Profile(mobility=ways)).contact) == 1 + len(ways) - len(trips)


def test_sections_follow_the_order_of_the_cv() -> None:
    profile, _ = make.whole()
    shown = page(profile, section_order=["studies", "experiences"])
    assert [s.key for s in shown.sections][:2] == ["studies", "experiences"]
    assert {s.key for s in shown.sections} == set(compose.TITLES)


def test_a_study_without_its_diploma_is_never_claimed() -> None:
    study = Study(level="cap", title="Cuisine", state="non_obtenu")
    assert compose.study_heading(study) == "Niveau CAP Cuisine"


@for_each(
    ("school", "printed"),
    [
        ("Lycée Simone-Veil", "Lycée Simone-Veil, Lens (diplôme non obtenu)"),
        ("", "Lens (diplôme non obtenu)"),
    ],
)
def test_a_missing_diploma_is_said_beside_the_school_and_not_in_bold(school: str, printed: str) -> None:
    study = Study(level="cap", title="Cuisine", state="non_obtenu", school=school, town="Lens")
    entry = section(page(Profile(studies=[study])), "studies").entries[0]
    assert (entry.heading, entry.place) == ("Niveau CAP Cuisine", printed)


def test_a_missing_diploma_is_said_without_a_school_too() -> None:
    study = Study(level="cap", title="Cuisine", state="non_obtenu")
    assert section(page(Profile(studies=[study])), "studies").entries[0].place == "Diplôme non obtenu"


def test_the_level_is_not_said_twice_when_the_title_begins_with_it() -> None:
    assert compose.study_heading(Study(level="cap", title="CAP Cuisine", state="obtenu")) == "CAP Cuisine"


def test_a_gap_stands_among_the_experiences_with_its_own_words() -> None:
    gap = Gap(text="Recherche d’emploi active", period=Period(start="2024-01", end="2024-09"))
    entries = section(page(Profile(gaps=[gap])), "experiences").entries
    assert [(e.heading, e.when) for e in entries] == [("Recherche d’emploi active", "de janvier à septembre 2024")]


@for_each(
    ("ticked", "said"),
    [
        ([], ""),
        (["maternelle", "a1-parler"], "Langue maternelle"),
        (["a1-parler"], "Notions (A1)"),
        (["a1-ecouter", "a1-parler", "a1-lire", "a2-ecouter", "a2-parler"], "Échanges simples (A2)"),
        (["b1-ecouter"], "Niveau intermédiaire (B1)"),
        (["a1-parler", "b1-parler", "b2-lire", "c1-parler"], "Bon niveau (B2)"),
        (["b1-ecouter", "b1-parler", "b2-parler"], "Niveau intermédiaire (B1)"),
        (["b2-ecouter", "b2-parler", "b2-lire"], "Bon niveau (B2)"),
        (["b2-ecouter", "b2-parler", "c1-parler", "c1-ecrire"], "Courant (C1)"),
        (["c2-tout"], "Niveau intermédiaire (B1)"),
        (["c1-parler"], "Niveau intermédiaire (B1)"),
        (["c1-parler", "c2-tout"], "Maîtrise complète (C2)"),
        (["a1-lire", "a2-lire"], "Notions (A1)"),
    ],
)
def test_the_level_of_a_language_comes_from_what_one_can_do(ticked: list[str], said: str) -> None:
    assert compose.language_level(Language(key="arabe", can_do=ticked)) == said


def test_a_quality_is_said_with_its_proof() -> None:
    quality = Quality(label="Ponctuelle", proof="Jamais en retard pendant un stage")
    lines = section(page(Profile(qualities=[quality])), "qualities").lines
    assert lines == ("Ponctuelle\u00a0: jamais en retard pendant un stage",)


def test_an_unknown_model_or_colour_falls_back_to_the_first_one() -> None:
    shown = page(Profile(first_name="Zoé"), model="inconnu", colour="javascript:")
    assert shown.model == "sobre"
    assert shown.colour.startswith("#")


def test_the_photo_is_only_there_when_this_cv_wants_it() -> None:
    profile = Profile(first_name="Zoé")
    assert compose.compose_document(profile, Cv(), photo=b"jpeg").photo is None
    assert compose.compose_document(profile, Cv(with_photo=True), photo=b"jpeg").photo == b"jpeg"


def test_every_answer_in_one_line_is_printed_and_looked_through_by_the_advice() -> None:
    fields = [name for name, field in Profile.model_fields.items() if field.annotation is str]
    answers = {name: Profile.model_validate({name: "Mardi"}) for name in fields}
    printed = {name: " ".join(page(answers[name]).all_texts()).lower() for name in fields}
    looked_through = {name: [spot.text for spot in spots.text_spots(answers[name], Cv())] for name in fields}
    assert [name for name in fields if "mardi" not in printed[name]] == []
    assert [name for name in fields if "Mardi" not in looked_through[name]] == []


def test_an_experience_of_any_kind_comes_before_college() -> None:
    profile = Profile(experiences=[Experience(kind="aide_famille")], studies=[Study(level="troisieme")])
    cv = Cv()
    job_changes.change_aim(profile, cv, "apprentissage")
    assert [section.key for section in compose.compose_document(profile, cv).sections] == ["experiences", "studies"]
    profile.studies.append(Study(level="cap"))
    assert compose.section_order(profile, cv)[0] == "studies"
    profile.studies.pop()
    cv.section_order.pop()  # an order of one's own, as « Ordre » writes it
    assert compose.section_order(profile, cv)[0] == "studies"


def test_a_name_typed_in_lower_case_is_printed_with_its_capitals_unless_kept() -> None:
    profile, cv = Profile(first_name="jean-kevin", last_name="diallo"), Cv()
    assert compose.compose_document(profile, cv).name == "Jean-Kevin DIALLO"
    cv.settled = [rereading.line_key("jean-kevin")]
    assert compose.compose_document(profile, cv).name == "jean-kevin DIALLO"
