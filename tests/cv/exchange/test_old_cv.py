"""A CV made elsewhere: what is proposed is right in every layout, and what dates no activity is never proposed."""

from __future__ import annotations

import pytest

from clicnjob.cv.exchange import accepting, old_cv
from clicnjob.cv.exchange.dated_lines import dated_line
from clicnjob.cv.exchange.old_cv_entries import DatedEntry
from clicnjob.cv.model.profile import Cv, Period, Profile
from tests.for_each import for_each
from tests.old_cvs import __main__ as measure

LEAST_RIGHT = 0.95  # of all fields of all layouts; measured at 0.99


def test_most_of_what_is_proposed_is_right_in_every_layout() -> None:
    asked = right = wrong = 0
    for sample in measure.samples(shift=5):
        here, good, extra = measure.score(sample, old_cv.read_old_cv(measure.lines_of(sample)))
        asked, right, wrong = asked + here.total(), right + good.total(), wrong + extra
        assert good["phone"] and good["email"] and good["name"], sample.layout
    assert right / asked >= LEAST_RIGHT
    assert not wrong


@for_each(
    ("line", "period", "before", "after"),
    [
        ("2021 – 2023 : CAP Vente", Period(start="2021", end="2023"), "", "CAP Vente"),
        ("Vendeuse (mars 2023 – à ce jour)", Period(start="2023-03", ongoing=True), "Vendeuse", ""),
        ("Depuis septembre 2024  Serveuse", Period(start="2024-09", ongoing=True), "", "Serveuse"),
        ("De 03/2022 à 08/2022 Caissier", Period(start="2022-03", end="2022-08"), "", "Caissier"),
        ("Du 3 au 28 janvier 2022", Period(start="2022-01", end="2022-01"), "", ""),
        ("juillet-août 2023 - Animateur", Period(start="2023-07", end="2023-08"), "", "Animateur"),
        ("Stage, décembre 2021", Period(start="2021-12", end="2021-12"), "Stage", ""),
        ("Sept. 2022 → juin 2023", Period(start="2022-09", end="2023-06"), "", ""),
        ("SEPTEMBRE 2023 - PRÉSENT", Period(start="2023-09", ongoing=True), "", ""),
        ("March 2020 - Present", Period(start="2020-03", ongoing=True), "", ""),
        ("2022 (2 mois) Plongeur", Period(start="2022"), "", "Plongeur"),
    ],
)
def test_a_period_is_found_in_a_line(line: str, period: Period, before: str, after: str) -> None:
    assert dated_line(line) == (period, before, after)


@for_each(
    "line",
    [
        "Née le 12/05/2004 à Lyon",
        "Date de naissance : 12 mai 2004",
        "Pack Office 2019",
        "CV mis à jour en mars 2024",
        "06 12 20 23 20",
        "kevin2004@exemple.fr",
        "59100 Roubaix",
        "Préparation de 2000 colis",
        "21 ans",
    ],
)
def test_what_dates_no_activity_is_not_proposed(line: str) -> None:
    assert old_cv.read_old_cv(("Expériences", line)).entries == ()


def test_the_number_of_somebody_else_is_not_proposed() -> None:
    lines = ("Awa BA", "References", "M. Dupont, 06 12 34 56 78", "dupont@exemple.fr")
    assert not {"phone", "email"} & {one.field for one in old_cv.read_old_cv(lines).contacts}


@for_each(
    "lines",
    [(), ("",), ("x" * 100_000,), ("(" * 5_000, "2" * 5_000), ("a\u0301" * 3_000,), ("\ud83d",), ("1/" * 2_000,)],
)
def test_any_lines_are_read_within_bounds(lines: tuple[str, ...]) -> None:
    assert len(" ".join(old_cv.read_old_cv(lines * 50).lines)) < 400_000


def test_an_accepted_study_claims_no_diploma() -> None:
    profile = Profile()
    entry = DatedEntry("study", "CAP Vente", "Lycée", "Lyon", Period(start="2021", end="2023"), ())
    accepting.accept_entry(profile, entry, as_study=True)
    (study,) = profile.studies
    assert (study.level, study.title, study.state, study.school) == ("cap", "Vente", "", "Lycée")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("2024 : CAP Vente (non obtenu), Lycée Vauban, Brest", ("cap", "Vente", "non_obtenu", "Lycée Vauban", "Brest")),
        ("2024 : CAP Vente, diplôme non obtenu, Lycée Vauban, Brest", ("cap", "Vente", "non_obtenu", "Lycée Vauban", "Brest")),
        ("2026 : BTS Tourisme en cours, Lycée Vauban", ("bts", "Tourisme", "en_cours", "Lycée Vauban", "")),
        ("2022 : BEP Vente (non obtenu), Lycée Vauban", ("bep", "Vente (non obtenu)", "", "Lycée Vauban", "")),
    ],
)  # fmt: skip
def test_an_old_cv_that_says_no_diploma_becomes_no_diploma(line: str, kept: tuple[str, ...]) -> None:
    profile = Profile()
    (entry,) = old_cv.read_old_cv(("Awa BA", "Formation", line)).entries
    accepting.accept_entry(profile, entry, as_study=True)
    (study,) = profile.studies
    assert (study.level, study.title, study.state, study.school, study.town) == kept


@pytest.mark.parametrize(
    ("volunteering", "title", "kind"), [(True, "Tri", "benevolat"), (False, "Stage de vente", "stage")]
)
def test_an_accepted_activity_keeps_its_words(volunteering: bool, title: str, kind: str) -> None:
    profile = Profile()
    entry = DatedEntry("experience", title, "Fnac", "Lyon", Period(start="2023"), ("Ranger",), volunteering)
    accepting.accept_entry(profile, entry, as_study=False)
    (done,) = profile.experiences
    assert (done.kind, done.title, done.place, done.town, done.phrases) == (kind, title, "Fnac", "Lyon", ["Ranger"])


def test_an_accepted_contact_takes_the_place_of_the_answer() -> None:
    profile, cv = Profile(first_name="Z"), Cv()
    found = old_cv.read_old_cv(
        ("BA Awa", "06 12 34 56 78", "awa.ba@exemple.fr", "69003 Lyon", "Poste recherché : Vendeuse")
    )
    for one in found.contacts:
        accepting.accept_contact(profile, cv, one)
    assert (profile.first_name, profile.last_name, profile.phone) == ("Awa", "BA", "+33612345678")
    assert (profile.email, profile.town, cv.job_wanted) == ("awa.ba@exemple.fr", "Lyon", "Vendeuse")
    assert accepting.found_answer(found.contacts[0]) == accepting.current_answer(profile, cv, "name") == "Awa BA"
