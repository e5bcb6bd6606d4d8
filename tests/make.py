"""People and answers for tests: the demonstration cast's, so that tests, first run and screenshots show the same."""

from __future__ import annotations

from datetime import date

from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.demo import people

TODAY = date(2026, 3, 16)


def whole() -> tuple[Profile, Cv]:
    """Lina's whole CV."""
    _, profile, cv = people._lina_cv(TODAY)
    return profile, cv


def half() -> tuple[Profile, Cv]:
    """Yanis's CV, half done."""
    _, profile, cv = people._yanis_cv(TODAY)
    return profile, cv
