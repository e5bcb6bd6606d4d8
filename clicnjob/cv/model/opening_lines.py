"""Builds the two opening lines from the answers, and offers only lines that are then entirely true."""

from __future__ import annotations

import re

from clicnjob.cv.model import aims, periods
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.cv.model.prompts import OpeningLine, Prompts, cv_prompts

# The answers cannot prove the condition of these lines (« accord » in the content file).
_UNPROVEN = frozenset({"dispo-horaires", "lieu-apprentissage", "poste-dispo"})
_EMPLOYED = ("travail", "stage", "petit_boulot", "service_civique")
_DRIVING = ("permis-b", "permis-am", "permis-a1", "permis-a2", "permis-b1", "permis-c", "permis-d")
_SIGNED = "lsf"


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
    return f"d’{job}" if re.match(r"[aeiouyhéèêàâîôûœ]", job, re.IGNORECASE) else f"de {job}"


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
    values = {"metier": _lower_first_letter(said), "disponibilite": _lower_first_letter(profile.availability)}
    values["de_metier"] = of_job(values["metier"]) if values["metier"] else ""
    for position, quality in enumerate(profile.qualities[:2], start=1):
        values[f"qualite{position}"] = _lower_first_letter(quality.label)
    values |= _of_experience(profile)
    values["langue"] = _spoken_language(profile, words)
    values["permis"] = next(
        (words.permits[c.key].sur_le_cv for c in profile.certificates if c.key in _DRIVING and c.key in words.permits),
        "",
    )
    return {name: value for name, value in values.items() if value}


def _of_experience(profile: Profile) -> dict[str, str]:
    employed = [e for e in profile.experiences if e.kind in _EMPLOYED and e.title]
    if not employed:
        return {}
    longest = max(employed, key=lambda e: periods.length_in_months(e.period) or 0)
    months = periods.length_in_months(longest.period) or 0
    return {
        "experience": _lower_first_letter(longest.title),
        "lieu": longest.place,
        "duree": f"{months} mois" if months > 1 else "",
    }


def _spoken_language(profile: Profile, words: Prompts) -> str:
    names = {known.cle: known.nom for known in words.languages.langues}
    spoken = (lang for lang in profile.languages if lang.key not in ("francais", _SIGNED) and lang.can_do)
    return next((_lower_first_letter(re.sub(r" \(.*\)", "", names.get(lang.key, lang.label))) for lang in spoken), "")


def _lower_first_letter(text: str) -> str:
    """Lower the first letter, unless the first word is in capitals (« ATSEM »)."""
    first = text.split(" ")[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
