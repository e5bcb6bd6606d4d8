"""What counts as the title of a job."""

from __future__ import annotations

from clicnjob.jobs import finder, titles


def test_titles_are_known_in_both_genders_and_without_accents() -> None:
    said = ("Serveuse", "vendeur en boulangerie", "VENDEUSE EN BOULANGERIE", "macon", "Aide-soignante", "livreuse")
    assert [words for words in said if titles.job_with_title(words) is None] == []


def test_a_wish_a_field_or_nonsense_is_no_title() -> None:
    said = ("un truc dans les motos", "moto", "vente", "les enfants", "Métiers du cinéma et de l’image", "", "12", "…")
    assert [words for words in said if titles.job_with_title(words)] == []


def test_every_title_offered_names_its_own_job() -> None:
    jobs = finder.job_catalogue().categories
    strayed = [title for job in jobs for title in titles.job_titles(job) if titles.job_with_title(title) is None]
    assert strayed == []
