"""Rereading: the app's own phrases are left out, names and places are read as such, and one gesture corrects all."""

from __future__ import annotations

from datetime import date

from clicnjob.cv.model import advice, guide, phrases, rereading, wording
from clicnjob.cv.model.profile import Certificate, Cv, Experience, Gap, Interest, Profile, Quality, Study
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.cv.model.spots import question_place
from tests.for_each import for_each

FAULT = "Preparer les colis"


def reread(profile: Profile, cv: Cv | None = None) -> dict[str, str]:
    cv = cv or Cv()
    found = rereading.proposed_corrections(profile, cv, rereading.cv_remarks(profile, cv))
    return {one.before: one.after for one in found}


def test_a_person_s_hour_is_put_right_whole() -> None:
    profile = Profile(
        first_name="kevin",
        last_name="DURAND",
        town="roubaix",
        experiences=[Experience(title="Vendeur", place="le marcher de roubaix", town="la roche-sur-yon")],
        studies=[Study(title="Brevet", school="college jean moulin", town="Lille")],
    )
    assert reread(profile) == {
        "roubaix": "Roubaix",
        "le marcher de roubaix": "le marché de Roubaix",
        "la roche-sur-yon": "La Roche-sur-Yon",
        "college jean moulin": "collège Jean Moulin",
    }


@for_each("name", ["N’Guessan", "De la Cruz", "Jean-Paul", "MOREL", "Saint-Denis", "L’Haÿ-les-Roses", "王", "أحمد"])
def test_a_name_with_its_capitals_is_left_alone(name: str) -> None:
    assert reread(Profile(first_name=name, last_name=name, town=name)) == {}


@for_each("place", ["chez momo", "snack le krousty", "Boutik Kréol", "asso zinzin", "kebab du coin"])
def test_a_shop_may_have_any_name(place: str) -> None:
    assert reread(Profile(experiences=[Experience(title="Aide", place=place)])) == {}


def test_our_own_phrases_are_never_remarked_on_whatever_their_number() -> None:
    offered = cv_prompts()
    ready = [t for words in (*offered.activities.values(), *offered.kinds.values()) for t in words.phrases]
    lines = [phrases.phrase_text(template, number) for template in ready for number in (None, 7, 1250)]
    lines += [proof for quality in offered.qualities.values() for proof in quality.preuves]
    openings = [line.texte for line in (*offered.openings.ligne1, *offered.openings.ligne2)]
    lines += [text.format_map(_Anything()) for text in openings if not text.startswith("{qualite1}, {qualite2} et {")]
    assert [line for line in lines if not rereading.is_ready_text(line) and "{" not in line][:5] == []
    profile = Profile(experiences=[Experience(title="Aide", phrases=list(dict.fromkeys(lines))[:900])])
    assert rereading.cv_remarks(profile, Cv()) == ()


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "aide de cuisine"


@for_each("text", ["Preparer les colis", "Envie d’aprendre", "J’ai 3 frère", "Servir les client, jusqu’à 40 par jour"])
def test_what_the_person_wrote_is_no_phrase_of_ours(text: str) -> None:
    assert not rereading.is_ready_text(text)


def test_corrections_are_written_everywhere_at_once_and_only_those_chosen() -> None:
    profile = Profile(town="roubaix", skills=["Preparer les colis", "Netoyer"])
    cv = Cv(opening=["Preparer les colis"])
    offered = rereading.proposed_corrections(profile, cv, rereading.cv_remarks(profile, cv))
    rereading.apply_corrections(profile, cv, [one for one in offered if one.before != "Netoyer"])
    assert (profile.town, profile.skills, cv.opening) == (
        "Roubaix", ["Préparer les colis", "Netoyer"], ["Préparer les colis"],
    )  # fmt: skip


FAULTY_PROFILES = [
    ("experience_intitule", Profile(experiences=[Experience(id="x", title=FAULT)]), Cv()),
    ("experience_phrases", Profile(experiences=[Experience(id="x", title="Aide", phrases=[FAULT])]), Cv()),
    ("experience_lieu", Profile(experiences=[Experience(id="x", title="Aide", place="mairie de roubaix")]), Cv()),
    ("etude_intitule", Profile(studies=[Study(id="x", title=FAULT)]), Cv()),
    ("etude_lieu", Profile(studies=[Study(id="x", title="Brevet", school="college de lille")]), Cv()),
    ("accroche_1", Profile(), Cv(opening=[FAULT])),
    ("accroche_2", Profile(), Cv(opening=["Sérieuse", FAULT])),
    ("competences", Profile(skills=[FAULT]), Cv()),
    ("disponibilite", Profile(availability=FAULT), Cv()),
    ("mobilite", Profile(mobility=[FAULT]), Cv()),
    ("metier", Profile(), Cv(job_wanted=FAULT)),
    ("permis", Profile(certificates=[Certificate(id="x", label=FAULT)]), Cv()),
    ("qualites", Profile(qualities=[Quality(id="x", label=FAULT)]), Cv()),
    ("qualite_preuve", Profile(qualities=[Quality(id="x", label="Calme", proof=FAULT)]), Cv()),
    ("interets", Profile(interests=[Interest(id="x", label=FAULT)]), Cv()),
    ("interet_details", Profile(interests=[Interest(id="x", label="Football", detail=FAULT)]), Cv()),
    ("trous", Profile(gaps=[Gap(id="x", text=FAULT)]), Cv()),
    ("telephone", Profile(town="roubaix"), Cv()),  # the town is asked on the screen of the telephone
]


@for_each(("screen", "profile", "cv"), FAULTY_PROFILES)
def test_the_words_are_shown_on_the_very_question_that_holds_them(screen: str, profile: Profile, cv: Cv) -> None:
    today = date(2026, 11, 30)
    told = [one for one in advice.cv_advice(profile, cv, today=today) if one.key.startswith("orthographe")]
    assert told
    for one in told:
        place = guide.kept_place(str(question_place(one.step, one.item)), profile, today=today)
        assert place.screen == screen


def test_every_field_that_is_reread_can_be_corrected() -> None:
    for _, profile, cv in FAULTY_PROFILES:
        for one in rereading.proposed_corrections(profile, cv, rereading.cv_remarks(profile, cv)):
            wording.replace_text(profile, cv, one.before, one.after)
        assert rereading.cv_remarks(profile, cv) == ()
