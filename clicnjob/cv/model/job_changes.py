"""Changes the job wanted or the aim of a CV, with everything that was built from the old one, and says what changed."""

from __future__ import annotations

from clicnjob.cv.model import opening_lines
from clicnjob.cv.model.profile import SECTION_KEYS, Aim, Cv, Profile, SectionKey
from clicnjob.cv.model.prompts import AimWords, cv_prompts
from clicnjob.text import fold_text

_WHERE = "Choisis-en une autre dans «\u00a0Ma présentation\u00a0»."


def change_job(profile: Profile, cv: Cv, job: str) -> tuple[str, ...]:
    """Set the job wanted and build again what the old one was in; return the sentences that tell the person."""
    before = cv.model_copy()
    cv.job_wanted = job
    return _refresh_opening(profile, cv, before)


def change_aim(profile: Profile, cv: Cv, aim: Aim) -> tuple[str, ...]:
    """Set what is looked for, with its order of sections; return the sentences that tell the person.

    An order that the person chose stays.
    """
    before = cv.model_copy()
    if is_offered_order(cv.section_order):
        cv.section_order = _section_order(cv_prompts().aims.get(aim))
    cv.aim = aim
    return _refresh_opening(profile, cv, before)


def is_offered_order(order: list[SectionKey]) -> bool:
    """Tell whether an order of sections is one of ours. The person's own lacks its last section, so it is never one."""
    return order in ([*SECTION_KEYS], *map(_section_order, cv_prompts().aims.values()))


def _section_order(aim: AimWords | None) -> list[SectionKey]:
    ahead = aim.ordre if aim else []
    return [*ahead, *(key for key in SECTION_KEYS if key not in ahead)]


def _refresh_opening(profile: Profile, cv: Cv, before: Cv) -> tuple[str, ...]:
    told: list[str] = []
    lines: list[str] = []
    for position, line in enumerate(before.opening, start=1):
        again = opening_lines.refreshed_line(position, line, profile=profile, before=before, after=cv) if line else ""
        if again is None and _names_old_job(line, before.job_wanted, cv.job_wanted):
            told.append(f"Ta phrase parle encore de «\u00a0{before.job_wanted}\u00a0». {_WHERE}")
        elif again and again != line:
            told.append(f"Ta phrase a changé aussi\u00a0: «\u00a0{again}\u00a0».")
        elif line and again == "":
            told.append(f"Ta phrase n’allait plus. {_WHERE}")
        lines.append(line if again is None else again)
    cv.opening = lines
    return tuple(told)


def _names_old_job(line: str, old: str, new: str) -> bool:
    return bool(old) and fold_text(old) != fold_text(new) and fold_text(old) in fold_text(line)
