"""Judges the title of a CV: whether it names a job, and whether a sentence speaks of another job than the one wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clicnjob import content, text
from clicnjob.jobs import finder
from clicnjob.jobs.folding import folded_words, masculine_singular, word_family
from clicnjob.proofreading import spelling

_MOST_WORDS = 9
_WANTED = re.compile(
    r"(?<!\bmon )(?<!\bdans un )(?<!\bcet )(?:travailler comme|(?:metier|poste|emploi|alternance|apprentissage|contrat) "
    r"(?:d'|de |comme )|devenir|cap sur le metier (?:d'|de ))\s*(?:un |une )?(?P<job>[^,.;!?()]+)"
)
_ASIDE = frozenset((
    "de", "des", "du", "d", "la", "le", "les", "l", "en", "et", "a", "au", "aux", "dans", "pour", "avec", "sur", "sein",
    "equipe",
))  # fmt: skip
# A title that begins so is a sentence or a wish, not the name of a job.
_STARTS = frozenset((
    "je", "j", "un", "une", "des", "les", "dans", "avec", "pour", "quelque", "n", "ca", "sa", "moi", "pas",
))  # fmt: skip


def is_unclear_title(job: str) -> bool:
    """Tell whether a title names no job: « un truc dans les motos », « je sais pas », « bosser »."""
    words = re.findall(r"[a-z]+", text.fold_text(job))
    vague = spelling.word_list("titres-flous")
    return not words or len(words) > _MOST_WORDS or words[0] in _STARTS or not vague.isdisjoint(words)


def other_job_in(line: str, job: str) -> str:
    """Return the job that a sentence says is wanted, if it is another one than `job`; '' otherwise.

    Only what is wanted counts: « j’ai travaillé comme serveuse » tells what was done.
    """
    own = frozenset(_word_families(job))
    if not own:
        return ""
    for match in _WANTED.finditer(text.fold_text(line.replace("’", "'"))):
        said = list(_word_families(match["job"]))
        if said and said[0] in _job_families() and own.isdisjoint(said):
            return match["job"].strip()
    return ""


def _word_families(said: str) -> Iterator[str]:
    """Yield the word families of a job, without small words: « serveuse » and « serveur » are one."""
    for word in folded_words(said):
        if word not in _ASIDE:
            yield word_family(masculine_singular(word))


@content.loaded_once
def _job_families() -> frozenset[str]:
    """Return the family of the first word of each job of the catalogue."""
    titles = (
        title
        for job in finder.job_catalogue().categories
        for name in (job.nom_m, job.nom_f)
        for title in name.split(",")
    )
    return frozenset(family for title in titles for family in list(_word_families(title))[:1])
