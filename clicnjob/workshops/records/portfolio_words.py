"""The ready phrases of the portfolio page (data/seances/portefeuille.yaml), chosen by what the group did."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import Field

from clicnjob import content
from clicnjob.content import ContentModel
from clicnjob.paths import DATA

_EVERY = "*"


class PortfolioPhrase(ContentModel):
    """A phrase to tick, offered after these activities; « * » means after any."""

    cle: str = Field(max_length=32)
    activites: tuple[str, ...] = Field(min_length=1)
    texte: str = Field(min_length=10, max_length=90)


class Competence(ContentModel):
    """A competence that a person can name. It is never official, and has no level."""

    cle: str = Field(max_length=32)
    texte: str = Field(min_length=5, max_length=80)


class PortfolioWords(ContentModel):
    """The phrases of the three lines, of what comes next, and the competences when the structure has no list."""

    fait: tuple[PortfolioPhrase, ...]
    gagne: tuple[PortfolioPhrase, ...]
    reutiliser: tuple[PortfolioPhrase, ...]
    suite: tuple[PortfolioPhrase, ...]
    competences: tuple[Competence, ...]


@content.loaded_once
def portfolio_words() -> PortfolioWords:
    """Return the phrases. Raises content.ContentMistakes."""
    return content.read_content(PortfolioWords, DATA / "seances" / "portefeuille.yaml")


def fitting_phrases(phrases: Collection[PortfolioPhrase], activities: Collection[str]) -> tuple[str, ...]:
    """Return the phrases that fit what the group did, those of its activities first."""
    of_activity = [one.texte for one in phrases if set(one.activites) & set(activities)]
    of_any = [one.texte for one in phrases if _EVERY in one.activites]
    return (*of_activity, *of_any)
