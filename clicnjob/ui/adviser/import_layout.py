"""How a brought file is read: its sheet, its row of titles and the column of each thing, shown and chosen on the screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from clicnjob.cohort.importing import layouts
from clicnjob.cohort.importing.layouts import FIELDS, NO_TITLES, SEVERAL, Layout
from clicnjob.cohort.importing.tables import BroughtSheet, BroughtTable
from clicnjob.ui.adviser.import_tables import draw_table
from clicnjob.ui.shell import layout

_SHOWN_ROWS, _SHOWN_COLUMNS, _SHOWN_CELL = 6, 12, 30
_SIGNS = str.maketrans("", "", "*_`~[]#<>")
_NAMES = {
    "two": "Dans deux colonnes",
    "last_first": "Dans une colonne, le nom en premier",
    "first_last": "Dans une colonne, le prénom en premier",
}


def chosen_layout(found: BroughtTable, suggested: Layout, *, file: str) -> Layout:
    """Draw how the file is read, and return it as the page says now; `file` tells one file from the next."""
    words = "Feuille, titres et colonnes" if suggested.is_enough else "Dites où sont les noms"
    with st.expander(words, icon=":material/tune:", expanded=not suggested.is_enough, key=f"layout-{file}"):
        sheet = _chosen_sheet(found, suggested, file)
        shown = found.sheets[sheet]
        start = suggested if sheet == suggested.sheet else _sheet_layout(shown, sheet)
        at = _chosen_titles(shown, start.titles_at, f"{file}-{sheet}")
        if at != start.titles_at:
            start = Layout(sheet, at, _places_below(shown, at))
        _draw_top_rows(shown)
        return Layout(sheet, at, _chosen_places(shown, start, f"{file}-{sheet}-{at}"))


def _sheet_layout(shown: BroughtSheet, number: int) -> Layout:
    at = layouts.titles_place(shown.rows)
    return Layout(number, at, _places_below(shown, at))


def _places_below(shown: BroughtSheet, at: int) -> dict[str, tuple[int, ...]]:
    return layouts.places_of_titles(shown.rows[at][1]) if at != NO_TITLES else {}


def _chosen_sheet(found: BroughtTable, suggested: Layout, file: str) -> int:
    numbers = [number for number, sheet in enumerate(found.sheets) if sheet.rows]
    if len(numbers) < 2:
        return suggested.sheet

    def named(number: int) -> str:
        sheet = found.sheets[number]
        return _option_words(f"{sheet.title} (masquée)" if sheet.is_hidden else sheet.title)

    first = numbers.index(suggested.sheet) if suggested.sheet in numbers else 0
    return int(st.selectbox("Feuille", numbers, index=first, format_func=named, key=f"sheet-{file}"))


def _chosen_titles(shown: BroughtSheet, at: int, key: str) -> int:
    offered = [NO_TITLES, *range(min(len(shown.rows), layouts.SEARCHED_ROWS))]

    def named(place: int) -> str:
        if place == NO_TITLES:
            return "Il n’y a pas de titres"
        line, cells = shown.rows[place]
        return _option_words(f"Ligne {line}\u00a0: {_joined_cells(cells)}")

    return int(
        st.selectbox("Ligne des titres", offered, index=offered.index(at), format_func=named, key=f"titles-{key}")
    )


def _chosen_places(shown: BroughtSheet, start: Layout, key: str) -> dict[str, tuple[int, ...]]:
    """Draw one box for each thing that the import reads; return the columns chosen."""
    names = layouts.shown_columns(shown.rows, start.titles_at)
    how = next((name for name in ("last_first", "first_last") if name in start.places), "two")
    how = st.selectbox(
        "Les noms", list(_NAMES), index=list(_NAMES).index(how), format_func=_NAMES.__getitem__, key=f"names-{key}"
    )
    two = how == "two"
    asked = ["first_name", "last_name"] if two else [how]
    places: dict[str, tuple[int, ...]] = {}
    for name in (*asked, "phone", "birth_month", "people_list"):
        chosen = _chosen_columns(name, names, start.places.get(name, ()), f"{name}-{key}")
        if chosen:
            places[name] = chosen
    return places


def _chosen_columns(name: str, columns: Sequence[str], start: tuple[int, ...], key: str) -> tuple[int, ...]:
    offered = list(range(len(columns)))
    here = [place for place in start if place in offered]

    def named(place: int) -> str:
        return _option_words(f"{layouts.column_letter(place)}\u00a0: {columns[place][:_SHOWN_CELL]}")

    if name in SEVERAL:
        words = f"{FIELDS[name]} (la première case remplie compte)"
        chosen = st.multiselect(
            words, offered, default=here, format_func=named, key=key, placeholder="Aucune colonne", max_selections=4
        )
        return tuple(chosen)
    one = st.selectbox(
        FIELDS[name],
        offered,
        index=here[0] if here else None,
        format_func=named,
        key=key,
        placeholder="Aucune colonne",
    )
    return () if one is None else (int(one),)


def _draw_top_rows(shown: BroughtSheet) -> None:
    """Draw the first rows as they are in the file, so that somebody sees what they choose."""
    width = min(max((len(cells) for _, cells in shown.rows[:_SHOWN_ROWS]), default=0), _SHOWN_COLUMNS)
    heads = ("Ligne", *(layouts.column_letter(place) for place in range(width)))
    rows = [
        (line, *(cells[place][:_SHOWN_CELL] if place < len(cells) else "" for place in range(width)))
        for line, cells in shown.rows[:_SHOWN_ROWS]
    ]
    draw_table("Le haut du fichier", heads, rows)


def _option_words(words: str) -> str:
    """Return the words of a choice without the signs of Markdown, which a title of a list rarely means."""
    return layout.escape_markdown(words.translate(_SIGNS)).replace("\\", "")


def _joined_cells(cells: Sequence[str]) -> str:
    said = " · ".join(" ".join(cell.split())[:_SHOWN_CELL] for cell in cells if cell.strip())
    return said if len(said) <= 80 else f"{said[:79]}…"
