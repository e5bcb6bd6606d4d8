"""The page « Mes jeunes »: whom to contact and why, recent handovers, and young people without an adviser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort import permissions
from clicnjob.cohort.permissions import WaitingPerson
from clicnjob.cohort.progress import alert_silences, alerts, refreshing, stages
from clicnjob.cohort.progress.overview import CohortPage, CohortRow, cohort_page, only_filter
from clicnjob.cohort.support import handovers
from clicnjob.cohort.support.handovers import ShownHandover
from clicnjob.french import days
from clicnjob.ui.adviser.cohort import filters
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.widgets import people_table
from clicnjob.ui.widgets.people_table import AlertItem, PersonLine


@dataclass(frozen=True)
class Cohort:
    """What the page reads: a page of people, the handovers of the last day (`given`), people without an adviser."""

    me: Present
    page: CohortPage
    given: tuple[ShownHandover, ...]
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
            handovers.just_given(session, by=me, now=now),
            permissions.people_without_adviser(session, of=me),
            today,
        )


def asked_for(shown: Cohort) -> None:
    """Draw the number of people found, the active filters, and the button that clears them."""
    found = shown.page.found
    words = layout.count_of_people(found) if found else "Personne ne correspond."
    said = ", ".join(filters.filter_words(shown.page.lists))
    with st.container(key="cj-found", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="cj-or" role="status">{escape(f"{words} · {said}" if said else words)}</p>', width="content")
        if said:
            st.button(
                "Tout effacer",
                key="cohort-clear",
                type="tertiary",
                icon=":material/close:",
                on_click=filters.ask_for,
                args=(only_filter(),),
            )


def draw_people(shown: Cohort) -> None:
    """Draw the table of people and the buttons to the other pages."""
    page = shown.page
    if not page.figures.people and not page.figures.archived:
        st.info(
            "Vous ne suivez encore personne. Inscrivez un jeune, ou prenez-en un ci-dessous.", icon=":material/groups:"
        )
        return
    if page.rows:
        people_table.draw_people_table(
            [_person_line(row, shown) for row in page.rows],
            key="cohort-table",
            caption=f"Jeunes, page {page.page} sur {page.pages}",
            columns=_table_columns(shown.me),
            sort=filters.chosen_order(),
            opened=link.choose_person,
            seen=_silence_alert,
            sorted_by=filters.order_by,
        )
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
    for one in shown.given:
        who = names.name_on_screen(one.first_name, one.last_name, projected=shown.me.projected)
        with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
            st.text(f"Vous avez confié {who} à {one.to_name}.")
            st.button("Annuler", key=f"undo-{one.id}", icon=":material/undo:", on_click=_undo_handover, args=(one.id,))
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


def _table_columns(me: Present) -> list[tuple[str, str]]:
    first = [("Nom", "nom"), ("Pourquoi contacter", "urgence"), ("Étape", "etape"), ("CV", ""), ("Métiers", "")]
    rest = [("Entraînements", ""), ("Candidatures", ""), ("Dernière activité", "activite")]
    return first + rest + ([("Conseiller", "")] if permissions.may_see_all(me) else [])


def _person_line(row: CohortRow, shown: Cohort) -> PersonLine:
    hidden = shown.me.projected
    missing = stages.missing_said(row.missing, most=3) if row.cv_state not in ("rien", "pret") else ""
    last = days.days_ago(row.last_activity_on, today=shown.today) if row.last_activity_on else "Jamais connecté"
    cells = [
        (stages.STAGES[row.stage], ""),
        (stages.CV_STATES[row.cv_state], f"manque\u00a0: {missing}" if missing else ""),
        (_count_or_blank(row.jobs_count), ""),
        ("", "non partagé") if row.practice_count is None else (_count_or_blank(row.practice_count), ""),
        ("", "non partagé") if row.applications_count is None else (_count_or_blank(row.applications_count), ""),
        (last[0].upper() + last[1:], ""),
    ]
    if permissions.may_see_all(shown.me):
        cells.append((row.adviser_name or "Personne", ""))
    return PersonLine(
        id=row.id,
        name=names.name_on_screen(row.first_name, row.last_name, projected=hidden),
        beside=_beside_name(row, shown),
        never=not row.activated,
        alerts=[AlertItem(one.key, one.title, _alert_reason(one, hidden), one.gesture) for one in row.alerts],
        cells=cells,
    )


def _alert_reason(one: alerts.Alert, hidden: bool) -> str:
    """Return the reason for an alert, without the young person's own words on a projected screen."""
    return one.title if hidden and one.key == "aide" else one.reason


def _beside_name(row: CohortRow, shown: Cohort) -> str:
    if row.lent_until is None:
        return ""
    until = days.shown_day(row.lent_until, today=shown.today)
    return (
        f"Confié jusqu’au {until}"
        if row.adviser_id == shown.me.id
        else f"Confié par {row.adviser_name} jusqu’au {until}"
    )


def _count_or_blank(number: int) -> str:
    return str(number) if number else ""


def _silence_alert(account_id: str, rule: str) -> None:
    if transactions.run_action(
        lambda session, me: alert_silences.silence_alert(
            session, by=me, account_id=account_id, rule=rule, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est vu. L’alerte reviendra si quelque chose change.")


def _take_person(account_id: str) -> None:
    if transactions.run_action(
        lambda session, me: permissions.take_person(session, by=me, account_id=account_id, now=models.utc_now())
    ):
        session_state.tell_once("C’est fait\u00a0: vous suivez ce jeune.")


def _undo_handover(handover_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: handovers.undo_handover(
            session, by=me, handover_id=handover_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est annulé\u00a0: vous suivez de nouveau ce jeune.")
