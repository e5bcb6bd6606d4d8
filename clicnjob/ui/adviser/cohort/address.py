"""Keeps the filters of « Mes jeunes » in the address, so that F5 and Back find them.

A search may be a name, so it stays out of the address, where a shared computer would remember it.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from clicnjob.cohort.progress.overview import SORTS, CohortFilters
from clicnjob.ui.adviser.cohort import filters
from clicnjob.ui.shell import navigation, session_state

_FILTERS = {
    "alerte": "alert",
    "etape": "stage",
    "cv": "cv_state",
    "activite": "activity",
    "liste": "list_id",
    "conseiller": "adviser_id",
}
_KNOWN = (*_FILTERS, "archives", "tri", "jamais", "page")
_LONGEST = 32  # characters of a key or an id
_PAGES = 10_000


def follow_address() -> None:
    """Take the filters of an address that changed (F5, Back), or else write those chosen into it."""
    here = _said_by_address()
    if here != session_state.COHORT_ADDRESS.get():
        _adopt_address(here)
    elif here != chosen_address():
        here = chosen_address()
        st.query_params.from_dict(here)
    session_state.COHORT_ADDRESS.set(here)


def chosen_address() -> dict[str, str]:
    """Return the present filters, order and page, without those that filter nothing."""
    asked = filters.chosen_filters()
    written = {name: getattr(asked, field) for name, field in _FILTERS.items()}
    written["archives"] = "oui" if asked.archived else ""
    written["tri"] = filters.chosen_order() if filters.chosen_order() != "urgence" else ""
    written["jamais"] = "debut" if filters.never_first() else ""
    written["page"] = str(filters.chosen_page()) if filters.chosen_page() > 1 else ""
    return {name: value for name, value in written.items() if value}


def open_list() -> None:
    """Go back to « Mes jeunes » as it was left; after F5 on another page, as that page's address remembers it."""
    asked = chosen_address() if session_state.COHORT_ADDRESS.is_set() else _said_by_address()
    st.switch_page(navigation.page_path("adviser/cohort.py"), query_params=asked)


def _said_by_address() -> dict[str, str]:
    return {name: st.query_params[name] for name in _KNOWN if name in st.query_params}


def _adopt_address(here: Mapping[str, str]) -> None:
    """Take over what an address says. An unknown value matches nobody, and one that is too long is left out."""
    said = {name: value for name, value in here.items() if len(value) <= _LONGEST}
    kept = {field: said.get(name, "") for name, field in _FILTERS.items()}
    search = filters.chosen_filters().search
    filters.ask_for(CohortFilters(**kept, search=search, archived=said.get("archives") == "oui"))  # type: ignore[arg-type]
    session_state.COHORT_SORT.set(said["tri"] if said.get("tri") in SORTS else "urgence")
    session_state.COHORT_NEVER_FIRST.set(said.get("jamais") == "debut")
    page = said.get("page", "")
    filters.turn_page(min(int(page), _PAGES) if page.isascii() and page.isdigit() and int(page) else 1)
