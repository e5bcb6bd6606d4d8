"""Builds the two opening lines from the answers, and offers only lines that are then entirely true."""

from __future__ import annotations

import re

from clicnjob import content
from clicnjob.cv.model import aims, levels, periods, phrases
from clicnjob.cv.model.profile import Cv, Language, Profile
from clicnjob.cv.model.prompts import OpeningLine, Prompts, cv_prompts
from clicnjob.cv.model.wording import lower_first_letter
from clicnjob.french.forms import after_de
from clicnjob.text import fold_text

# The answers cannot prove the condition of these lines (« accord » in the content file).
_UNPROVEN = frozenset({"dispo-horaires", "lieu-apprentissage", "poste-dispo"})
_EMPLOYED = ("travail", "stage", "petit_boulot", "service_civique", "atelier", "service_national")
_PAID = ("travail", "petit_boulot")
_LONG_JOBS = ("travail", "atelier")
_DRIVING = ("permis-b", "permis-am", "permis-a1", "permis-a2", "permis-b1", "permis-c", "permis-d")
_CARS = ("permis-b", "permis-c", "permis-d")
_SIGNED, _FRENCH = "lsf", "francais"
_LONGEST_ROLE = 6  # words
_TASKS = (
    "Aide à",
    "Aide aux",
    "Aide quotidienne",
    "Garde d’",
    "Soutien",
    "Services",
    "Coiffure",
    "Mission",
    "Parcours",
)
# These words begin what is no name of somebody's work: « comme stage chez… », « comme soutien à la famille ».
_NO_ROLE = frozenset(
    (
        *("stage", "job", "boulot", "taf", "emploi", "travail", "petit", "petits", "mission", "missions", "contrat"),
        *(
            "service",
            "services",
            "aide",
            "soutien",
            "coiffure",
            "garde",
            "projet",
            "parcours",
            "organisation",
            "gestion",
        ),
        *("vie", "formation", "mon", "ma", "mes", "chez", "dans", "au", "aux", "a", "la", "le", "les", "des", "du"),
        *("j", "je", "un", "une"),
    )
)


def opening_lines(position: int, profile: Profile, cv: Cv, words: Prompts | None = None) -> tuple[str, ...]:
    """Return the lines to offer as first (1) or second (2) opening line.

    Those written for the aim come first, then those that use most answers.
    """
    openings = (words or cv_prompts()).openings
    offered = openings.ligne1 if position == 1 else openings.ligne2
    known = _opening_values(profile, cv, words or cv_prompts())
    usable = [line for line in offered if _is_usable(line, cv, known)]
    ranked = sorted(usable, key=lambda line: (not line.buts or "" in line.buts, -len(line.besoin)))
    said = (_opening_text(line, known) for line in ranked if not _repeats_job(line, known))
    return tuple(dict.fromkeys(said))


def refreshed_line(position: int, text: str, *, profile: Profile, before: Cv, after: Cv) -> str | None:
    """Return what becomes of an opening line when the job or the aim changes; None if the person wrote it.

    A line built from the old answers is built again from the new ones. If it no longer fits, the best one replaces it.
    """
    words = cv_prompts()
    offered = words.openings.ligne1 if position == 1 else words.openings.ligne2
    old = _opening_values(profile, before, words, job=before.job_wanted)
    source = next(
        (line for line in offered if set(line.besoin) <= old.keys() and _opening_text(line, old) == text), None
    )
    if source is None:
        return None
    new = _opening_values(profile, after, words)
    if _is_usable(source, after, new) and not _repeats_job(source, new):
        return _opening_text(source, new)
    return next(iter(opening_lines(position, profile, after, words)), "")


def of_job(job: str) -> str:
    """Return « de serveuse », « d’aide en cuisine »: the job as it follows « le métier »."""
    return after_de(job)


def _is_usable(line: OpeningLine, cv: Cv, known: dict[str, str]) -> bool:
    fits = not line.buts or cv.aim in line.buts
    return fits and line.cle not in _UNPROVEN and set(line.besoin) <= known.keys()


def _opening_text(line: OpeningLine, known: dict[str, str]) -> str:
    text = line.texte.format(**known)
    return text[0].upper() + text[1:]


def _repeats_job(line: OpeningLine, known: dict[str, str]) -> bool:
    """Tell whether a line would name the same job twice."""
    both = {"experience", "metier"} <= {need.removeprefix("de_") for need in line.besoin}
    return both and known["experience"] == known["metier"]


def _opening_values(profile: Profile, cv: Cv, words: Prompts, *, job: str | None = None) -> dict[str, str]:
    """Return the answers by placeholder. Own words that are no job are left out unless given as `job`."""
    said = aims.job_in_sentences(cv, words) if job is None else job
    values = {"metier": lower_first_letter(said), "disponibilite": lower_first_letter(profile.availability)}
    values["de_metier"] = of_job(values["metier"]) if values["metier"] else ""
    for position, quality in enumerate(profile.qualities[:2], start=1):
        values[f"qualite{position}"] = lower_first_letter(quality.label)
    values |= _of_experience(profile, cv.job_wanted)
    values |= _spoken_languages(profile, words)
    permits = {c.key: words.permits[c.key].sur_le_cv for c in profile.certificates if c.key in words.permits}
    values["permis_auto"] = next((permits[key] for key in _CARS if key in permits), "")
    values["permis"] = values["permis_auto"] or next((permits[key] for key in _DRIVING if key in permits), "")
    if not values["disponibilite"].startswith("disponible"):
        values["disponibilite"] = ""
    return {name: value for name, value in values.items() if value}


def _of_experience(profile: Profile, job: str) -> dict[str, str]:
    """Return what the experiences prove; conditions that a line only needs, and does not print, are « oui »."""
    employed = [e for e in profile.experiences if e.kind in _EMPLOYED]
    held = [fold_text(e.title) for e in employed if e.kind not in ("stage",)]
    known = {
        "sans_emploi": "" if any(e.kind in _LONG_JOBS for e in employed) else "oui",
        "nouveau_metier": "" if fold_text(job) in held else "oui",
        "plusieurs_experiences": "oui" if len(profile.experiences) > 1 else "",
    }
    named = [e for e in employed if _is_role(e.title)]
    if not named:
        return known
    longest = max(named, key=lambda e: periods.length_in_months(e.period) or 0)
    months = periods.length_in_months(longest.period) or 0
    over = longest.kind in _PAID and not periods.is_open(longest.period)
    return known | {
        "experience": lower_first_letter(longest.title),
        "lieu": longest.place,
        "duree": f"{months} mois" if months > 1 else "",
        "emploi_fini": "oui" if over else "",
        "seule_experience": "oui" if len(employed) == 1 else "",
    }


def _is_role(title: str) -> bool:
    """Tell whether a title names what somebody is at work, so that « comme serveuse » can be said of it."""
    words = fold_text(title).replace("-", " ").split()
    if not words or (words[0] in _NO_ROLE and fold_text(title) not in _ready_roles()):
        return False
    return len(words) <= _LONGEST_ROLE and not re.search(r"[\d(:,;.!?]", title)


@content.loaded_once
def _ready_roles() -> frozenset[str]:
    """Return the ready titles that name a role although they begin with an ordinary word (« Aide ménagère »)."""
    titles = (phrases.title_text(title) for each in cv_prompts().activities.values() for title in each.intitules)
    return frozenset(fold_text(title) for title in titles if not title.startswith(_TASKS))


def _spoken_languages(profile: Profile, words: Prompts) -> dict[str, str]:
    """Return a language in which one can talk, and the one spoken at home beside French."""
    names = {known.cle: known.nom for known in words.languages.langues}
    spoken = [one for one in profile.languages if one.key not in (_FRENCH, _SIGNED) and levels.can_talk(one.can_do)]
    french = [one for one in profile.languages if one.key == _FRENCH]
    daily = [one for one in spoken if levels.reached_level(one.can_do) == levels.MOTHER]
    if french and not levels.can_talk(french[0].can_do):
        daily = []

    def name_of(found: list[Language]) -> str:
        return next((lower_first_letter(re.sub(r" \(.*\)", "", names.get(x.key, x.label))) for x in found), "")

    return {"langue": name_of(spoken), "langue_maison": name_of(daily)}
