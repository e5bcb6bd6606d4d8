"""The final check: nothing ticked is absent without being told, and each thing to settle has one gesture."""

from __future__ import annotations

from datetime import date

from clicnjob.cv.document import compose, final_check, pdf
from clicnjob.cv.model import advice, rereading
from clicnjob.cv.model.advice import Advice
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

TODAY = date(2026, 11, 30)


def experience(**changes: object) -> Experience:
    given: dict[str, object] = {
        "id": "vente", "title": "Vendeuse", "place": "Boutique Mode", "town": "Roubaix",
        "period": Period(start="2026-02", ongoing=True), "phrases": ["Servir 40 clients par jour"],
    }  # fmt: skip
    return Experience(**(given | changes))  # type: ignore[arg-type]


def person(**changes: object) -> Profile:
    given: dict[str, object] = {
        "first_name": "Lina", "last_name": "Morel", "phone": "06 39 98 12 34", "email": "lina.morel@exemple.fr",
        "town": "Roubaix", "mobility": ["Déplacements à vélo", "Déplacements en bus"], "experiences": [experience()],
        "studies": [Study(id="etude", title="CAP Cuisine", school="Lycée Pasteur", period=Period(start="2024"))],
        "certificates": [Certificate(id="permis", label="Permis B")],
        "languages": [Language(id="langue", label="Arabe")],
        "qualities": [Quality(id="calme", label="Patiente", proof="J’ai gardé trois enfants")],
        "interests": [Interest(id="foot", label="Football", detail="Club de Roubaix, cinq ans")],
        "gaps": [Gap(id="trou", text="Soutien à ma famille", period=Period(start="2025"))],
        "skills": ["Rendre la monnaie"],
    }  # fmt: skip
    return Profile(**(given | changes))  # type: ignore[arg-type]


def checked(profile: Profile | None = None, cv: Cv | None = None) -> tuple[Advice, ...]:
    profile, cv = profile or person(), cv or Cv(job_wanted="Vendeuse")
    document = compose.compose_document(profile, cv)
    remarks = rereading.cv_remarks(profile, cv)
    return final_check.final_check(profile, cv, document, pdf.pdf_page(document), remarks, today=TODAY)


def keys(profile: Profile | None = None, cv: Cv | None = None) -> list[str]:
    return [one.key for one in checked(profile, cv)]


def test_a_good_page_may_leave() -> None:
    assert keys() == []


@for_each(
    ("changes", "job", "opening", "key"),
    [
        ({"last_name": ""}, "Vendeuse", "", "nom"),
        ({"phone": ""}, "Vendeuse", "", "telephone"),
        ({"email": "bg.du59@exemple.fr"}, "Vendeuse", "", "adresse_peu_sobre"),
        ({"town": "12 rue de la Paix, Roubaix"}, "Vendeuse", "", "donnee_privee"),
        ({}, "", "", "metier"),
        ({}, "un truc dans les motos", "", "titre_flou"),
        ({}, "Vendeuse en boulangerie", "Calme, avec l’envie de travailler comme serveuse", "autre_metier"),
        ({"experiences": [experience(period=Period(start="2030-03", ongoing=True))]}, "Vendeuse", "", "dates_futures"),
        ({"experiences": [experience(period=Period(start="1926"))]}, "Vendeuse", "", "dates_anciennes"),
        ({"experiences": [experience(title="")]}, "Vendeuse", "", "experience_sans_nom"),
        ({"experiences": [experience(place="Mme Dupont")]}, "Vendeuse", "", "donnee_privee"),
        ({"town": "roubaix"}, "Vendeuse", "", "orthographe_page"),
        ({"experiences": [experience(place="le marcher de roubaix")]}, "Vendeuse", "", "orthographe_page"),
        ({"interests": [Interest(id="feu", label="🔥🔥")]}, "Vendeuse", "", "non_imprime"),
    ],
)
def test_what_an_employer_would_stumble_over_is_told(
    changes: dict[str, object], job: str, opening: str, key: str
) -> None:
    assert key in keys(person(**changes), Cv(job_wanted=job, opening=[opening] if opening else []))


def test_a_study_that_is_over_is_not_under_way() -> None:
    over = Study(id="cap", title="CAP Cuisine", state="en_cours", period=Period(start="2022", end="2024"))
    assert [(one.key, one.step, one.item) for one in checked(person(studies=[over]))] == [
        ("dates_finies", "etude_dates", "cap")
    ]


def test_every_text_that_is_not_on_the_page_is_told() -> None:
    """Whatever the page leaves out, one text after the other: here its words are taken from the document."""
    profile = person(email="contact@exemple.fr", town="Tourcoing")
    cv = Cv(job_wanted="Vendeuse", opening=["Sérieuse et ponctuelle"])
    missing = []
    for key in ("first_name", "town", "skills", "experiences", "studies", "certificates", "languages", "qualities"):
        poorer = compose.compose_document(profile.model_copy(update={key: type(getattr(profile, key))()}), cv)
        page, remarks = pdf.pdf_page(poorer), ()
        told = final_check.final_check(profile, cv, poorer, page, remarks, today=TODAY)
        missing += [] if "non_imprime" in [one.key for one in told] else [key]
    assert missing == []


def test_what_the_person_hid_is_listed_with_the_gesture_that_shows_it() -> None:
    cv = Cv(job_wanted="Vendeuse", hidden=["vente", "foot"])
    assert [(one.item, one.text) for one in final_check.hidden_items(person(), cv)] == [
        ("vente", "Vendeuse"),
        ("foot", "Club de Roubaix, cinq ans"),
    ]
    assert keys(person(), cv) == []


def test_nothing_is_to_be_corrected_that_the_page_prints_right() -> None:
    """Everything typed in lower case: a text is said to be wrong only while the page shows it wrong."""
    profile = person(
        first_name="lina", last_name="morel", town="roubaix", availability="disponible de suite", skills=["rendre la monnaie"],
        experiences=[experience(title="vendeuse", place="boutique mode", town="roubaix", phrases=["servir 40 clients"])],
        studies=[Study(id="etude", title="cap cuisine", school="lycée pasteur", period=Period(start="2024"))],
        languages=[Language(id="langue", label="arabe")], gaps=[Gap(id="trou", text="soutien à ma famille")],
        mobility=["déplacements à vélo"], interests=[Interest(id="foot", label="football", detail="club de roubaix")],
    )  # fmt: skip
    cv = Cv(job_wanted="vendeuse", opening=["sérieuse et calme"])
    printed = " ".join(compose.compose_document(profile, cv).all_texts())
    told = rereading.proposed_corrections(profile, cv, rereading.cv_remarks(profile, cv))
    assert told
    assert [one.before for one in told if one.after in printed and one.before not in printed] == []


def test_the_answers_alone_tell_before_a_sending_what_is_missing() -> None:
    bare, cv = person(experiences=[], studies=[]), Cv(job_wanted="Vendeuse")
    (told,) = final_check.checks_of_answers(bare, cv, today=TODAY)
    assert told.key == "experience"
    final_check.settle_remark(cv, final_check.remark_key(told))
    assert final_check.checks_of_answers(bare, cv, today=TODAY) == ()
    assert final_check.checks_of_answers(person(), Cv(job_wanted="Vendeuse"), today=TODAY) == ()


def test_a_photo_that_is_ticked_and_absent_is_told() -> None:
    assert keys(cv=Cv(job_wanted="Vendeuse", with_photo=True)) == ["photo_absente"]


def test_a_remark_that_the_person_finds_right_is_not_made_again_until_the_text_changes() -> None:
    cv = Cv(job_wanted="Un métier à moi")
    (told,) = checked(cv=cv)
    final_check.settle_remark(cv, final_check.remark_key(told))
    assert keys(cv=cv) == []
    cv.job_wanted = "Un autre métier à moi"
    assert keys(cv=cv) == ["titre_flou"]


def test_a_text_kept_as_it_is_is_not_reread_again() -> None:
    cv = Cv(job_wanted="Vendeuse")
    profile = person(experiences=[experience(phrases=["Preparer 10 colis"])])
    assert keys(profile, cv) == ["orthographe_page"]
    final_check.settle_remark(cv, rereading.line_key("Preparer 10 colis"))
    assert keys(profile, cv) == []


def test_settled_remarks_are_bounded() -> None:
    cv = Cv()
    for number in range(500):
        final_check.settle_remark(cv, str(number))
    assert cv.settled[-1] == "499"
    assert len(cv.settled) <= 60


def test_what_does_not_print_cannot_be_waved_away() -> None:
    assert not final_check.may_be_settled(advice.advice_of("non_imprime", text="x"))
    assert final_check.may_be_settled(advice.advice_of("titre_flou", text="x"))
