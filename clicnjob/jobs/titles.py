"""Tells whether words are the title of a job (« vendeuse en boulangerie ») or only a wish (« un truc dans les motos »)."""

from __future__ import annotations

from clicnjob import content
from clicnjob.jobs import finder
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.folding import folded_words, masculine_singular

_NO_TITLE = ("Métiers ",)  # « Métiers du cinéma et de l’image » names a field, not somebody


def job_titles(job: Category) -> tuple[str, ...]:
    """Return the short titles of a job: masculine, then feminine if it differs; none for the name of a field."""
    short = (name.split(",")[0] for name in (job.nom_m, job.nom_f))
    return tuple(dict.fromkeys(title for title in short if not title.startswith(_NO_TITLE)))


def job_with_title(words: str) -> Category | None:
    """Return the job that these words name in either gender and any spelling of accents; None for any other words."""
    return _jobs_by_title().get(_title_key(words))


@content.loaded_once
def _jobs_by_title() -> dict[tuple[str, ...], Category]:
    catalogue = finder.job_catalogue()
    known: dict[tuple[str, ...], Category] = {}
    for job in catalogue.categories:
        for name in (job.nom_m, job.nom_f):
            if not name.startswith(_NO_TITLE):
                for title in (name, *name.split(",")):
                    known.setdefault(_title_key(title), job)
    for line in catalogue.lexicon.lines["titres"]:
        for title in line.mots:
            known.setdefault(_title_key(title), catalogue.by_code[line.codes[0]])
    known.pop((), None)
    return known


def _title_key(words: str) -> tuple[str, ...]:
    return tuple(map(masculine_singular, folded_words(words)))
