"""The title of an experience: the person's own, a ready one, or a default, so that nothing ticked is ever absent."""

from __future__ import annotations

import re

import pytest

from clicnjob.cv.document import compose
from clicnjob.cv.model import activities, naming, phrases
from clicnjob.cv.model.profile import Cv, Experience, Period, Profile, SectionKey, Study
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.french.forms import after_de, singular_words
from tests.for_each import for_each

WORDS = cv_prompts()
EVERY_KIND = [(kind, activity.cle) for activity in WORDS.activities.values() for kind in activity.genres]
EVERY_KIND += [(kind, "") for kind in WORDS.kinds]


@for_each(("kind", "activity"), EVERY_KIND)
def test_an_experience_without_a_title_is_printed_with_one(kind: str, activity: str) -> None:
    item = Experience.model_validate({"kind": kind, "activity": activity})
    entries = compose.compose_document(Profile(experiences=[item]), Cv()).sections[0].entries
    assert [entry.heading for entry in entries] == [naming.title_shown(item)]
    assert 4 <= len(entries[0].heading) <= 60


@pytest.mark.parametrize(
    ("kind", "activity", "detail", "title"),
    [
        ("stage", "mecanique-auto", "", "Stage\u00a0: mécanique automobile"),
        ("stage", "", "", "Stage"),
        ("travail", "ehpad", "", "Aide en EHPAD"),
        ("benevolat", "ehpad", "", "Bénévolat\u00a0: aide en EHPAD"),
        ("service_civique", "service-civique-ecole", "", "Service civique en école"),
        ("sport_asso", "sport-collectif", "football", "Football en club"),
        ("sport_asso", "sport-individuel-combat", "MMA", "MMA en club"),
        ("parent", "", "", "Organisation de la vie de famille"),
        ("atelier", "", "", "Travail en atelier"),
    ],
)
def test_the_default_title_says_the_kind_and_the_activity(kind: str, activity: str, detail: str, title: str) -> None:
    item = Experience.model_validate({"kind": kind, "activity": activity, "detail": detail})
    assert naming.title_shown(item) == title


def test_a_title_of_spaces_is_no_title() -> None:
    assert naming.title_shown(Experience(kind="stage", title=" ")) == "Stage"


def test_the_sport_is_in_the_titles_and_follows_a_change() -> None:
    item = Experience(kind="sport_asso", activity="sport-collectif", detail="football")
    assert naming.ready_titles(item)[0] == "Joueur de football en club"
    item.title = "Joueur de football en club"
    assert naming.title_with_detail(item, "handball") == "Joueur de handball en club"
    item.title = "Gardien de but"
    assert naming.title_with_detail(item, "handball") == "Gardien de but"


def test_a_title_with_its_sport_still_tells_the_activity() -> None:
    assert naming.is_title_of(WORDS.activities["sport-collectif"], "Joueuse de rugby en club")
    assert not naming.is_title_of(WORDS.activities["sport-collectif"], "Joueuse de cartes")


@for_each("activity", WORDS.activities.values())
def test_no_title_shows_a_bracket_or_leaves_a_hole(activity: object) -> None:
    known = WORDS.activities[activity.cle]  # type: ignore[attr-defined]
    for detail in ("", *(known.precision.choix if known.precision else ())):
        for title in known.intitules:
            said = phrases.title_text(title, detail)
            assert not set(said) & set("[]{}") and "  " not in said and said == said.strip(), said


SECTIONS: tuple[SectionKey, ...] = ("experiences", "studies", "certificates", "languages", "qualities", "interests")


def test_no_box_of_the_order_is_blank() -> None:
    keyed = {"key": "inconnu"}
    empty = Profile.model_validate(
        {
            "experiences": [{}], "studies": [{}], "certificates": [keyed], "languages": [keyed], "qualities": [keyed],
            "interests": [keyed],
        }
    )  # fmt: skip
    labels = [label for key in SECTIONS for _, label in compose.section_items(empty, key, Cv())]
    assert labels == ["Stage"]


def test_a_study_with_only_its_school_is_printed() -> None:
    assert compose.study_heading(Study(school="Lycée Rosa-Parks")) == compose.UNNAMED_STUDY
    assert compose.study_heading(Study(period=Period(start="2022"))) == compose.UNNAMED_STUDY
    assert compose.study_heading(Study()) == ""


def test_a_typed_speciality_begins_with_a_capital() -> None:
    study = Study(level="diplome-etranger", title="bac pro comptabilité", state="obtenu")
    assert compose.study_heading(study) == "Diplôme étranger Bac pro comptabilité"


def test_another_activity_takes_its_kind_and_only_what_fits_stays() -> None:
    ehpad = WORDS.activities["ehpad"].phrases[0]
    item = Experience(
        kind="stage", activity="ehpad", title="Stagiaire en EHPAD", phrases=[phrases.phrase_text(ehpad, 25)]
    )
    item.phrases += ["Mes mots à moi"]
    lost = activities.choose_activity(item, WORDS.activities["aidant-proche"], kind="aide_famille")
    assert (item.kind, item.activity, item.title) == ("aide_famille", "aidant-proche", "")
    assert (item.phrases, len(lost)) == (["Mes mots à moi"], 1)


def test_the_same_activity_again_loses_nothing() -> None:
    item = Experience(kind="sport_asso", activity="sport-collectif", detail="rugby", title="Joueuse de rugby en club")
    before = item.model_copy(deep=True)
    assert activities.choose_activity(item, WORDS.activities["sport-collectif"], kind="sport_asso") == ()
    assert item == before


@for_each(
    ("noun", "said"),
    [
        ("football", "de football"),
        ("athlétisme", "d’athlétisme"),
        ("escalade", "d’escalade"),
        ("handball", "de handball"),
        ("hockey", "de hockey"),
        ("hôtesse", "d’hôtesse"),
        ("Équipier", "d’Équipier"),
        ("yoga", "de yoga"),
    ],
)
def test_a_noun_is_elided_after_de(noun: str, said: str) -> None:
    assert after_de(noun) == said


@for_each(
    ("many", "one"),
    [
        (" personnes par jour", " personne par jour"),
        (" clients réguliers", " client régulier"),
        (" fois par semaine", " fois par semaine"),
        (" euros obtenus", " euro obtenu"),
        (" chevaux par jour", " cheval par jour"),
        (" plateaux par matin", " plateau par matin"),
        (" jeux connus", " jeu connu"),
        (" ans de pratique", " an de pratique"),
        (" repas par soir", " repas par soir"),
        (" boîtes aux lettres", " boîte aux lettres"),
        (" m² de bois", " m² de bois"),
        (" par jour", " par jour"),
    ],
)
def test_the_words_after_one_are_singular(many: str, one: str) -> None:
    assert singular_words(many) == one


@for_each(
    ("kind", "activity", "untrue"),
    [
        ("aide_famille", "mecanique-auto", "Stagiaire en mécanique auto"),
        ("aide_famille", "pizza-food-truck", "Employée de snack"),
        ("aide_famille", "demarches-famille", "Interprète bénévole"),
        ("stage", "service-en-salle", "Employé de restaurant"),
        ("benevolat", "ehpad", "Agent de service en EHPAD"),
        ("travail", "soirees-jeux", "Bénévole en ludothèque"),
        ("petit_boulot", "gare-metro", "Volontaire en gare"),
    ],
)
def test_no_title_says_another_kind_of_experience(kind: str, activity: str, untrue: str) -> None:
    assert untrue in WORDS.activities[activity].intitules
    assert untrue not in naming.ready_titles(Experience.model_validate({"kind": kind, "activity": activity}))


def test_every_kind_has_titles_and_those_of_the_kind_itself_are_all_true() -> None:
    untrue = [
        title
        for kind, words in WORDS.kinds.items()
        for title in words.intitules
        if not naming.is_true_of_kind(title, kind)
    ]
    assert untrue == []


_OF_A_TRADE = re.compile(
    r"\bavec (?:le |la |l’)(?:mécan|électric|plomb|carross|maç|menuis|bouch|élev|peint|soud|tuteur|tutrice|chef|patron)",
    re.I,
)


def test_a_phrase_of_a_helping_hand_at_home_names_no_professional() -> None:
    """What one does for an uncle’s car is not done « avec le mécanicien »: the phrases of an activity fit all its kinds."""
    wrong = [
        phrase
        for activity in WORDS.activities.values()
        if {"aide_famille", "parent"} & set(activity.genres)
        for phrase in activity.phrases
        if _OF_A_TRADE.search(phrase)
    ]
    assert wrong == []
