"""Names experiences: the titles to choose from, and the title printed when the person gave none."""

from __future__ import annotations

import re

from clicnjob.cv.model import phrases
from clicnjob.cv.model.profile import Experience, ExperienceKind
from clicnjob.cv.model.prompts import Activity, KindWords, cv_prompts
from clicnjob.cv.model.wording import lower_first_letter

# Words of a title that say under which kind of contract somebody was there. A trainee of the BAFA may be paid.
_SAYS_KIND: dict[str, tuple[ExperienceKind, ...]] = {
    "stagiaire": ("stage", "service_national"),
    "bénévole": ("benevolat", "sport_asso", "projet"),
    "volontaire gilet": ("service_civique", "service_national"),
    "employé employée ouvrier ouvrière": ("travail", "petit_boulot", "atelier"),
    "agent agente": ("travail", "petit_boulot", "atelier", "service_national"),
    "saisonnier saisonnière": ("travail", "petit_boulot"),
}


def title_shown(item: Experience) -> str:
    """Return the title as printed: the person's own, else one from the kind and the activity. It is never empty."""
    return item.title if item.title.strip() else _default_title(item)


def ready_titles(item: Experience) -> tuple[str, ...]:
    """Return the titles to choose from, with the detail that was given (« Joueur de football en club »)."""
    words = cv_prompts()
    activity = words.activities.get(item.activity)
    of_activity = (title for title in (activity.intitules if activity else ()) if is_true_of_kind(title, item.kind))
    offered = (*of_activity, *words.kinds[item.kind].intitules)
    return tuple(dict.fromkeys(phrases.title_text(title, item.detail) for title in offered))


def is_true_of_kind(title: str, kind: ExperienceKind) -> bool:
    """Tell whether a title fits a kind of experience: who helped an uncle with his car was no « stagiaire »."""
    said = set(re.findall(r"[a-zà-ÿ]+", title.lower()))
    return all(kind in kinds for words, kinds in _SAYS_KIND.items() if said & set(words.split()))


def is_title_of(activity: Activity, title: str) -> bool:
    """Tell whether this is a title of the activity, with one of its choices or without."""
    choices = ("", *(activity.precision.choix if activity.precision else ()))
    return any(title == phrases.title_text(each, choice) for each in activity.intitules for choice in choices)


def title_with_detail(item: Experience, detail: str) -> str:
    """Return the title after a change of detail; the person's own words stay as they are."""
    activity = cv_prompts().activities.get(item.activity)
    for title in activity.intitules if activity else ():
        if item.title == phrases.title_text(title, item.detail):
            return phrases.title_text(title, detail)
    return item.title


def _default_title(item: Experience) -> str:
    words = cv_prompts()
    kind, activity = words.kinds[item.kind], words.activities.get(item.activity)
    return _activity_title(kind, activity, item.detail) if activity else kind.sans_nom


def _activity_title(kind: KindWords, activity: Activity, detail: str) -> str:
    said = activity.sur_le_cv
    if activity.precision and detail:
        said = activity.precision.sur_le_cv.replace("{nom}", detail).replace("{Nom}", detail[:1].upper() + detail[1:])
    if not kind.avant_nom or said.startswith(kind.avant_nom):
        return said
    return f"{kind.avant_nom}\u00a0: {lower_first_letter(said)}"
