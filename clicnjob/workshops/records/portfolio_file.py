"""Prints the portfolio pages: one's own, those that people let their trainer print, and blank ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from clicnjob import audit, typeset
from clicnjob.errors import NotFound
from clicnjob.french.moments import shown_day
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import Actor
from clicnjob.workshops.records import minutes_in_words, portfolio
from clicnjob.workshops.records.portfolio import Line, PortfolioPage

NAME = "page-portefeuille.pdf"
_SHEET = "_common/workshops/portfolio.typ"
_TITLES = {
    Line.DID: "Ce que j’ai fait",
    Line.GAINED: "Ce que j’ai gagné",
    Line.REUSE: "Ce qui me servira encore",
}


def own_page_pdf(session: Session, *, of: Actor, now: datetime) -> FileToBuild:
    """Return the person's own page of their latest session. Raises NotFound when there is none."""
    page = portfolio.own_page(session, of=of, now=now)
    if page is None:
        raise NotFound
    return _file_of([page])


def trainer_pages_pdf(session: Session, *, by: Actor, workshop_id: str, now: datetime) -> FileToBuild:
    """Return the pages that people let their trainer print, then a blank one to copy. Raises NotFound."""
    shared = portfolio.shared_pages(session, by=by, workshop_id=workshop_id)
    blank = portfolio.blank_page(session, by=by, workshop_id=workshop_id)
    audit.note_act(session, by=by, act="portfolio pages printed", now=now)
    return _file_of([*shared, blank])


def page_data(page: PortfolioPage) -> dict[str, Any]:
    """Return the data of one page of the template: texts only."""
    return {
        "name": page.name,
        "organisation": page.organisation,
        "title": page.title,
        "day": shown_day(page.began_at.astimezone().date()),
        "minutes": minutes_in_words(page.minutes),
        "activities": list(page.titles),
        "lines": [{"title": _TITLES[line], "sentences": list(page.lines[line])} for line in Line],
        "competences": list(page.competences),
        "next": page.next_step,
    }


def _file_of(pages: Sequence[PortfolioPage]) -> FileToBuild:
    data = {"fallbacks": typeset.FALLBACK_FONTS, "pages": [page_data(one) for one in pages]}
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _SHEET, data))
