"""The filters, search, sort order and page of « Mes jeunes », kept in the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from clicnjob.cohort.definitions import ACTIVITIES
from clicnjob.cohort.permissions import Colleague
from clicnjob.cohort.progress import alerts, stages
from clicnjob.cohort.progress.counts import CohortCounts
from clicnjob.cohort.progress.overview import ANY_ALERT, NO_ADVISER, SORTS, CohortFilters, ListCard, only_filter
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, navigation, session_state

_ALL = ""
_NAME_LENGTH = 60
_NEVER = {"fin": "À la fin", "debut": "En tête"}


def chosen_filters() -> CohortFilters:
    """Return the filters of this session."""
    return session_state.COHORT_FILTERS.get()


def draw_figures(counted: CohortCounts) -> None:
    """Draw the main counts; each is a button that lists exactly the people it counts."""
    with st.container(key="cj-figures", horizontal=True, gap="small"):
        _draw_figure(f"À contacter\u00a0: {counted.with_alert}", only_filter(alert=ANY_ALERT), "contact")
        _draw_figure(f"Tous\u00a0: {counted.people}", only_filter(), "all")
        _draw_figure(
            f"Jamais connectés\u00a0: {counted.by_activity['jamais']}", only_filter(activity="jamais"), "never"
        )
        if counted.archived:
            _draw_figure(f"Archivés\u00a0: {counted.archived}", only_filter(archived=True), "archived")
        if st.button("Agenda", key="to-agenda", icon=":material/calendar_month:", type="tertiary"):
            st.switch_page(navigation.page_path("adviser/agenda.py"))
        if st.button("Vers i-milo", key="to-imilo", icon=":material/content_copy:", type="tertiary"):
            st.switch_page(navigation.page_path("adviser/imilo.py"))


def more_figures(counted: CohortCounts) -> None:
    """Draw the other counts in an expander: by alert, stage, CV and last activity."""
    unfolded = st.expander(
        "Combien, et pourquoi ?", key="cohort-stages", icon=":material/bar_chart:", on_change="rerun"
    )
    if not unfolded.open:
        return
    with unfolded:
        titles = {key: rule.titre for key, rule in alerts.alert_rules().items()}
        _figures_of("Pourquoi contacter", counted.by_alert, titles, "alert", lambda key: only_filter(alert=key))
        _figures_of("Étape", counted.by_stage, stages.STAGES, "stage", lambda key: only_filter(stage=key))
        _figures_of("CV", counted.by_cv_state, stages.CV_STATES, "cv", lambda key: only_filter(cv_state=key))
        _figures_of(
            "Dernière activité", counted.by_activity, ACTIVITIES, "activity", lambda key: only_filter(activity=key)
        )


def search_and_filters(
    lists: Sequence[ListCard], advisers: Sequence[Colleague], found: str, *, beside: Callable[[], None]
) -> None:
    """Draw the search by name or number, how many were found, and the other filters in a box that opens.

    `beside` draws what stands at the end of the row.
    """
    asked = chosen_filters()
    with st.container(key="cj-cohort-search", horizontal=True, vertical_alignment="center"):
        key = session_state.widget_key("cohort-search")
        text_boxes.note_limit(key, _NAME_LENGTH)
        st.text_input(
            "Chercher un nom ou un numéro",
            asked.search,
            key=key,
            max_chars=_NAME_LENGTH,
            autocomplete="off",
            live=True,
            label_visibility="collapsed",
            placeholder="Nom ou numéro",  # the whole label would be cut on a telephone
            on_change=_put_search,
            args=(key,),
        )
        st.html(f'<p class="cj-or" role="status">{escape(found)}</p>', width="content")
        if filter_words(lists, advisers):
            st.button(
                "Tout effacer",
                key="cohort-clear",
                type="tertiary",
                icon=":material/close:",
                on_click=ask_for,
                args=(only_filter(),),
            )
        unfolded = st.popover("Filtrer", icon=":material/filter_list:", key="cohort-filter", on_change="rerun")
        beside()
    if unfolded.open:
        with unfolded, st.container(key="cj-filters", horizontal=True, vertical_alignment="bottom"):
            _draw_filters(lists, advisers)


def _draw_filters(lists: Sequence[ListCard], advisers: Sequence[Colleague]) -> None:
    titles = {ANY_ALERT: "Avec une alerte"} | {key: rule.titre for key, rule in alerts.alert_rules().items()}
    if advisers:
        named = {one.id: layout.escape_markdown(f"{one.first_name} {one.last_name}") for one in advisers}
        _draw_filter("Conseiller", named | {NO_ADVISER: "Sans conseiller"}, "adviser_id")
    _draw_filter("Alerte", titles, "alert")
    _draw_filter("Étape", stages.STAGES, "stage")
    _draw_filter("CV", stages.CV_STATES, "cv_state")
    _draw_filter("Dernière activité", ACTIVITIES, "activity")
    _draw_filter("Liste", {card.id: layout.escape_markdown(card.name) for card in lists}, "list_id")
    _draw_choice("Trier", SORTS, chosen_order(), "sort", order_by)
    _draw_choice("Jamais connectés", _NEVER, "debut" if never_first() else "fin", "never", _put_never_first)


def _draw_figure(words: str, asked: CohortFilters, key: str) -> None:
    here = chosen_filters() == asked
    st.button(words, key=f"figure-{key}", type="primary" if here else "secondary", on_click=ask_for, args=(asked,))


def _figures_of(
    title: str, counts: Mapping[str, int], words: Mapping[str, str], name: str, asked: Callable[[str], CohortFilters]
) -> None:
    st.html(f'<p class="cj-or">{title}</p>')
    with st.container(key=f"cj-figures-{name}", horizontal=True, gap="small"):
        for key, count in counts.items():
            if count:
                _draw_figure(f"{words[key]}\u00a0: {count}", asked(key), f"{name}-{key}")


def filter_words(lists: Sequence[ListCard], advisers: Sequence[Colleague]) -> list[str]:
    """Describe the active filters, one phrase each."""
    asked = chosen_filters()
    followers = {one.id: f"{one.first_name} {one.last_name}" for one in advisers} | {NO_ADVISER: "sans conseiller"}
    named = {card.id: card.name for card in lists}
    rules = {ANY_ALERT: "avec une alerte"} | {key: rule.titre for key, rule in alerts.alert_rules().items()}
    parts = [
        rules.get(asked.alert, ""),
        stages.STAGES.get(asked.stage, ""),
        f"CV\u00a0: {stages.CV_STATES[asked.cv_state]}" if asked.cv_state in stages.CV_STATES else "",
        ACTIVITIES.get(asked.activity, ""),
        named.get(asked.list_id, ""),
        followers.get(asked.adviser_id, ""),
        f"«\u00a0{asked.search}\u00a0»" if asked.search.strip() else "",
        "archivés" if asked.archived else "",
    ]
    return [part for part in parts if part]


def _draw_choice(label: str, words: Mapping[str, str], chosen: str, name: str, put: Callable[[str], None]) -> None:
    key = session_state.widget_key("cohort", name)
    st.selectbox(
        label,
        list(words),
        index=list(words).index(chosen) if chosen in words else 0,
        key=key,
        format_func=lambda each: words[each],
        on_change=lambda: put(session_state.widget_value(key, str) or ""),
    )


def _draw_filter(label: str, words: Mapping[str, str], name: str) -> None:
    offered = {_ALL: "Tout"} | dict(words)
    _draw_choice(
        label,
        offered,
        getattr(chosen_filters(), name),
        f"filter-{name}",
        lambda value: _put_filter(name, value),
    )


def _put_search(key: str) -> None:
    kept = replace(chosen_filters(), search=session_state.widget_value(key, str) or "")
    session_state.COHORT_FILTERS.set(kept)
    turn_page(1)


def hide_search(*, projected: bool) -> None:
    """Clear the search when « Mode projection » begins, because it may hold a name."""
    if projected and not session_state.COHORT_PROJECTED.get() and chosen_filters().search:
        ask_for(replace(chosen_filters(), search=""))
    session_state.COHORT_PROJECTED.set(projected)


def ask_for(asked: CohortFilters) -> None:
    """Apply these filters and return to page 1."""
    session_state.COHORT_FILTERS.set(asked)
    turn_page(1)
    session_state.renew_widgets()


def chosen_order() -> str:
    """Return the sort order, a key of SORTS."""
    return session_state.COHORT_SORT.get()


def order_by(chosen: str) -> None:
    """Change the sort order and return to page 1; an unknown key is ignored."""
    if chosen in SORTS:
        session_state.COHORT_SORT.set(chosen)
        turn_page(1)
        session_state.renew_widgets()


def never_first() -> bool:
    """Whether people who have never signed in are listed first."""
    return session_state.COHORT_NEVER_FIRST.get()


def _put_never_first(where: str) -> None:
    session_state.COHORT_NEVER_FIRST.set(where == "debut")


def _put_filter(name: str, value: str) -> None:
    changed: dict[str, Any] = {name: value}
    ask_for(replace(chosen_filters(), **changed))


def chosen_page() -> int:
    """Return the number of the page shown, from 1."""
    return session_state.COHORT_PAGE.get()


def turn_page(to: int) -> None:
    """Go to another page of the same list."""
    session_state.COHORT_PAGE.set(to)
