"""The page « Mes jeunes »: whom to contact and why, recent handovers, and young people without an adviser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models, text
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort import columns, permissions
from clicnjob.cohort.permissions import Colleague, WaitingPerson
from clicnjob.cohort.progress import alerts, refreshing, stages
from clicnjob.cohort.progress.overview import CohortPage, CohortRow, cohort_page
from clicnjob.cohort.support import handovers
from clicnjob.cohort.support.handovers import HandoverAct
from clicnjob.french import contact, dates, days
from clicnjob.ui.adviser import seen_alerts
from clicnjob.ui.adviser.cohort import filters
from clicnjob.ui.adviser.many import ticks
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import people_table
from clicnjob.ui.widgets.people_table import AlertItem, PersonLine

_WORDS_IN_LINE = 70
_NOT_SHARED = "Entraînements et candidatures\u00a0: un tiret veut dire rien, ou non partagé. Le jeune choisit."


@dataclass(frozen=True)
class Cohort:
    """What the page reads: a page of people, the handovers of the last day (`given`), people without an adviser.

    `columns` are those of this professional, `advisers` whom a head can filter by.
    """

    me: Present
    page: CohortPage
    columns: tuple[str, ...]
    advisers: tuple[Colleague, ...]
    given: tuple[HandoverAct, ...]
    waiting: tuple[WaitingPerson, ...]
    today: date


def read_cohort(me: Present) -> Cohort:
    """Read the requested page, after recomputing the progress of those whose work has changed."""
    now, today = models.utc_now(), date.today()
    filters.hide_search(projected=me.projected)
    with db.read_transaction() as session:
        due = refreshing.is_due(session, of=me, now=now)
    if due:
        with db.write_transaction() as session:
            refreshing.bring_up_to_date(session, of=me, now=now)
    with db.read_transaction() as session:
        page = cohort_page(
            session,
            adviser=me,
            today=today,
            filters=filters.chosen_filters(),
            sort=filters.chosen_order(),
            never_first=filters.never_first(),
            page=filters.chosen_page(),
        )
        return Cohort(
            me,
            page,
            columns.shown_columns(session, of=me),
            permissions.adviser_colleagues(session, of=me, today=today) if permissions.may_see_all(me) else (),
            handovers.handovers_to_undo(session, by=me, now=now),
            permissions.people_without_adviser(session, of=me),
            today,
        )


def found_words(shown: Cohort) -> str:
    """Say how many people were found, and by which filters."""
    found = shown.page.found
    words = layout.count_of_people(found) if found else "Personne ne correspond."
    said = ", ".join(filters.filter_words(shown.page.lists, shown.advisers))
    return f"{words} · {said}" if said else words


def choose_columns(shown: Cohort) -> None:
    """Draw the choice of columns, which is kept for this professional."""
    offered = columns.offered_columns(shown.me)
    unfolded = st.popover("Colonnes", icon=":material/view_column:", key="cohort-columns", on_change="rerun")
    if unfolded.open:
        with unfolded:
            for key in offered:
                name = session_state.widget_key("cohort-column", key)
                st.checkbox(
                    columns.COLUMNS[key],
                    value=key in shown.columns,
                    key=name,
                    on_change=_put_column,
                    args=(key, shown.columns),
                )


def draw_people(shown: Cohort) -> None:
    """Draw the table of people and the buttons to the other pages."""
    page = shown.page
    if not page.figures.people and not page.figures.archived:
        st.info(
            "Vous ne suivez encore personne. Inscrivez un jeune, ou prenez-en un ci-dessous.", icon=":material/groups:"
        )
        return
    seen_alerts.draw_last_mark()
    if page.rows:
        namesakes = _shared_names(page.rows)
        people_table.draw_people_table(
            [_person_line(row, shown, namesakes) for row in page.rows],
            key="cohort-table",
            caption=f"Jeunes, page {page.page} sur {page.pages}",
            columns=_table_columns(shown),
            sort=filters.chosen_order(),
            opened=link.choose_person,
            seen=seen_alerts.mark_seen,
            sorted_by=filters.order_by,
            ticks=ticks.of_session(),
        )
        if {"entrainements", "candidatures"} & set(shown.columns):
            st.html(f'<p class="cj-help">{escape(_NOT_SHARED)}</p>')
    if page.pages > 1:
        _draw_page_turner(page.page, of=page.pages)


def _draw_page_turner(here: int, *, of: int) -> None:
    """Draw the buttons to the previous and next page."""
    turn = filters.turn_page
    with st.container(key="cj-pages", horizontal=True, vertical_alignment="center"):
        st.button("Page d’avant", key="page-before", disabled=here == 1, on_click=turn, args=(here - 1,))
        st.text(f"Page {here} sur {of}")
        st.button("Page d’après", key="page-after", disabled=here == of, on_click=turn, args=(here + 1,))


def handed_over(shown: Cohort) -> None:
    """Offer to undo the handovers of the last day, and to take on people without an adviser."""
    for act in shown.given:
        with st.container(key=f"cj-line-{act.id}", horizontal=True, vertical_alignment="center"):
            st.text(_handover_said(act, shown))
            st.button("Annuler", key=f"undo-{act.id}", icon=":material/undo:", on_click=_undo_handover, args=(act.id,))
    if shown.waiting:
        st.header(f"Sans conseiller\u00a0: {len(shown.waiting)}", anchor=False)
        for person in shown.waiting[:50]:
            who = names.name_on_screen(person.first_name, person.last_name, projected=shown.me.projected)
            with st.container(key=f"cj-line-{person.id}", horizontal=True, vertical_alignment="center"):
                st.text(who)
                if models.Role.ADVISER in shown.me.roles:
                    st.button(
                        "Je le suis",
                        key=f"take-{person.id}",
                        icon=":material/person_add:",
                        on_click=_take_person,
                        args=(person.id,),
                    )


def _handover_said(act: HandoverAct, shown: Cohort) -> str:
    first = act.handovers[0]
    alone = names.name_on_screen(first.first_name, first.last_name, projected=shown.me.projected)
    who = alone if len(act.handovers) == 1 else layout.count_of_people(len(act.handovers))
    until = f" jusqu’au {days.shown_day(first.until, today=shown.today)}" if first.until else ""
    return f"Vous avez confié {who} à {first.to_name}{until}."


def _table_columns(shown: Cohort) -> list[tuple[str, str]]:
    sorts = {"etape": "etape", "activite": "activite"}
    chosen = [(columns.COLUMNS[key], sorts.get(key, "")) for key in shown.columns if key != "telephone"]
    return [("Nom", "nom"), ("Pourquoi contacter", "urgence"), *chosen]


def _person_line(row: CohortRow, shown: Cohort, namesakes: Container[str]) -> PersonLine:
    hidden = shown.me.projected
    called = not hidden and "telephone" in shown.columns
    return PersonLine(
        id=row.id,
        name=names.name_on_screen(row.first_name, row.last_name, projected=hidden),
        beside=_beside_name(row, shown, namesakes),
        phone=row.phone if called else "",
        phone_shown=contact.phone_shown(row.phone) if called else "",
        never=not row.activated,
        alerts=[
            AlertItem(one.key, one.title, _alert_reason(one, hidden), one.gesture, one.opens) for one in row.alerts
        ],
        cells=[_column_words(row, key, shown.today) for key in shown.columns if key != "telephone"],
        done=_message_said(row, shown.today),
    )


def _message_said(row: CohortRow, today: date) -> str:
    """Say that somebody has written to a person who has not come since, so that nobody writes twice."""
    if row.message_waits_since is None:
        return ""
    return f"Message envoyé {days.days_ago(row.message_waits_since, today=today)}, pas encore lu."


def _column_words(row: CohortRow, key: str, today: date) -> tuple[str, str]:
    """Return the words of one column, and those below them."""
    if key == "etape":
        return stages.STAGES[row.stage], ""
    if key == "cv":
        missing = stages.missing_said(row.missing, most=3) if row.cv_state not in ("rien", "pret") else ""
        return stages.CV_STATES[row.cv_state], f"manque\u00a0: {missing}" if missing else ""
    if key == "activite":
        last = days.days_ago(row.last_activity_on, today=today) if row.last_activity_on else "jamais connecté"
        return last[0].upper() + last[1:], ""
    if key == "conseiller":
        return row.adviser_name or "Personne", ""
    counts = {"metiers": row.jobs_count, "entrainements": row.practice_count, "candidatures": row.applications_count}
    return _count_or_blank(counts[key]), ""


def _alert_reason(one: alerts.Alert, hidden: bool) -> str:
    """Return the reason for an alert, without the young person's own words on a projected screen."""
    if hidden and one.key == "aide":
        return one.title
    before, mark, word = one.reason.partition("«\u00a0")  # the person's own words, whole on their sheet
    return before + mark + (f"{word[:_WORDS_IN_LINE].rstrip()}…\u00a0»" if len(word) > _WORDS_IN_LINE else word)


def _shared_names(rows: Sequence[CohortRow]) -> Container[str]:
    """Return the folded names that two people of the page share."""
    counted = Counter(text.fold_text(f"{row.first_name} {row.last_name}") for row in rows)
    return {name for name, count in counted.items() if count > 1}


def _beside_name(row: CohortRow, shown: Cohort, namesakes: Container[str]) -> str:
    """Return the words below a name: to whom the person is lent, or the month of birth of one of two namesakes."""
    if row.lent_until is None:
        same = text.fold_text(f"{row.first_name} {row.last_name}") in namesakes
        return f"Mois de naissance\u00a0: {dates.month_shown(row.birth_month)}" if same and row.birth_month else ""
    until = days.shown_day(row.lent_until, today=shown.today)
    return (
        f"Confié jusqu’au {until}"
        if row.adviser_id == shown.me.id
        else f"Confié par {row.adviser_name} jusqu’au {until}"
    )


def _put_column(key: str, shown: tuple[str, ...]) -> None:
    chosen = [one for one in shown if one != key] if key in shown else [*shown, key]
    if transactions.run_action(lambda session, me: columns.choose_columns(session, by=me, chosen=chosen)):
        session_state.renew_widgets()


def _count_or_blank(number: int | None) -> str:
    return str(number) if number else ""


def _take_person(account_id: str) -> None:
    if transactions.run_action(
        lambda session, me: permissions.take_person(session, by=me, account_id=account_id, now=models.utc_now())
    ):
        session_state.tell_once("C’est fait\u00a0: vous suivez ce jeune.")


def _undo_handover(handover_id: str) -> None:
    today = date.today()
    saved = transactions.run_action(
        lambda session, me: handovers.undo_handover(
            session, by=me, handover_id=handover_id, today=today, now=models.utc_now()
        )
    )
    if saved:
        session_state.tell_once(f"C’est annulé pour {layout.count_of_people(saved.result)}.")
