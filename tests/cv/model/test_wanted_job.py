"""The title of a CV names a job, and its sentences speak of that one."""

from __future__ import annotations

from clicnjob.cv.model import wanted_job
from clicnjob.jobs import finder
from tests.for_each import for_each


@for_each(
    "title",
    ["un truc dans les motos", "je sais pas", "n’importe quoi", "bosser", "Un métier dans la vente", "???", "12345",
     "trouver un taf vite", "gagner de l’argent", "les enfants"],
)  # fmt: skip
def test_a_wish_is_no_title(title: str) -> None:
    assert wanted_job.is_unclear_title(title)


@for_each(
    "title",
    ["Mécanicien moto", "Vente", "Aide à domicile", "Employé polyvalent de restauration rapide", "Petite enfance",
     "Agent d’entretien", "Apprenti plombier", "Stagiaire en 3e", "Travaux en hauteur, cordiste", "Serveur·se"],
)  # fmt: skip
def test_a_job_or_a_field_is_a_title(title: str) -> None:
    assert not wanted_job.is_unclear_title(title)


def test_no_job_of_the_catalogue_is_unclear() -> None:
    names = [name for job in finder.job_catalogue().categories for name in (job.nom_m, job.nom_f)]
    assert [name for name in names if wanted_job.is_unclear_title(name)] == []


@for_each(
    ("line", "job"),
    [
        ("Calme, avec l’envie de travailler comme serveuse", "Vendeuse en boulangerie"),
        ("Permis B en poche, à la recherche d’un poste de serveuse", "Coiffeuse"),
        ("Devenir cuisinier au sein d’une équipe", "Maçon"),
        ("Envie d'apprendre le métier d'électricien", "Plombier"),
    ],
)
def test_a_sentence_for_another_job_is_seen(line: str, job: str) -> None:
    assert wanted_job.other_job_in(line, job)


@for_each(
    ("line", "job"),
    [
        ("Calme, avec l’envie de travailler comme serveuse", "Serveur"),
        ("Devenir cuisinier au sein d’une équipe", "Commis de cuisine"),
        ("Mon expérience comme serveuse m’a appris le rythme", "Vendeuse"),
        ("Pendant 3 mois, j’ai travaillé comme serveuse", "Vendeuse"),
        ("À la recherche d’un emploi, avec l’envie de bien faire", "Vendeuse"),
        ("À la recherche d’un emploi d’été", "Vendeuse"),
        ("Mon métier de serveuse m’a plu", "Vendeuse"),
        ("Devenir autonome", "Vendeuse"),
    ],
)
def test_a_sentence_that_fits_or_tells_the_past_is_left_alone(line: str, job: str) -> None:
    assert wanted_job.other_job_in(line, job) == ""
