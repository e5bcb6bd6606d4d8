"""The page of a finished group session: who attended, its duration, and its line for i-milo."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape

import streamlit as st

from clicnjob import db, models, workshop_policy
from clicnjob.accounts import names
from clicnjob.accounts.presence import Present
from clicnjob.cohort.reports import imilo
from clicnjob.french import days
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, session_state, transactions
from clicnjob.ui.trainer import workshops
from clicnjob.ui.widgets import download
from clicnjob.ui.widgets import imilo_lines as lines
from clicnjob.workshops import attendance, lifecycle
from clicnjob.workshops.attendance import Person
from clicnjob.workshops.lifecycle import OwnWorkshop
from clicnjob.workshops.records import sheet

_SEARCH = "attendance-search"
_NAME_LENGTH = 60


def draw_closing(me: Present, one: OwnWorkshop) -> None:
    """Draw a finished session. It can be cancelled only while nobody is marked as present."""
    today = date.today()
    on = days.local_day(one.began_at) or today
    st.button(
        "Toutes les séances",
        key="back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=workshops.open_one,
        args=("",),
    )
    st.title(layout.escape_markdown(one.title), anchor=False)
    until = f" à {workshops.clock_time(one.ended_at)}" if one.ended_at else ""
    st.text(f"{days.shown_day(on, today=today)}, de {workshops.clock_time(one.began_at)}{until}")
    left, right = st.columns([11, 9], gap="large")
    with left:
        _draw_present(me, one, today)
    with right:
        _how_long(one)
        _draw_imilo_line(one, on, today)
        _draw_files(me, one)
    if not one.people:
        workshops.cancel_button(one)


def _draw_present(me: Present, one: OwnWorkshop, today: date) -> None:
    """Draw the attendance list, unless a projector may still be showing this screen to the group."""
    st.header(f"Qui était là\u00a0: {one.people}", anchor=False)
    if me.projected:
        layout.names_not_shown()
        return
    _draw_guests(me, one)
    _draw_guests_to_tell(me, one)
    if workshops.just_ended(one):
        st.text("Les noms des jeunes vont s’afficher. Éteignez d’abord le projecteur.")
        st.button(
            "Noter qui était là",
            key="names",
            type="primary",
            icon=":material/checklist:",
            on_click=workshops.names_may_show,
        )
        return
    _draw_names(me, one, today)


def _draw_guests(me: Present, one: OwnWorkshop) -> None:
    """Say who came without a card: they are on the sheet to sign, and not on the list below."""
    with db.read_transaction() as session:
        guests = [guest.name for guest in sheet.attendance_sheet(session, by=me, workshop_id=one.id).guests]
    if not guests:
        return
    count = f"{len(guests)} invités" if len(guests) > 1 else "1 invité"
    named = "" if workshops.just_ended(one) else f"\u00a0: {', '.join(guests)}"
    st.text(f"Et {count} sans carte{named}. Sur la feuille à signer, pas dans i-milo.")


def _draw_guests_to_tell(me: Present, one: OwnWorkshop) -> None:
    """Say which guests would lose their work by leaving; only how many while the projector may still be on."""
    with db.read_transaction() as session:
        guests = attendance.guests_with_work(session, by=me, workshop_id=one.id)
    if not guests:
        return
    several = len(guests) > 1
    count = f"{len(guests)} invités n’ont" if several else "1 invité n’a"
    said = f"{count} pas encore emporté leur travail." if several else f"{count} pas encore emporté son travail."
    named = "" if workshops.just_ended(one) else f" {', '.join(guests)}."
    after = (
        "Il s’efface quand ils partent\u00a0: rappelez-leur le bouton, sur leur écran."
        if several
        else ("Il s’efface à son départ\u00a0: rappelez-lui le bouton, sur son écran.")
    )
    st.warning(layout.escape_markdown(f"{said}{named} {after}"), icon=":material/move_to_inbox:")


def _draw_names(me: Present, one: OwnWorkshop, today: date) -> None:
    """Draw a checkbox for each person: those marked as present first, then other candidates."""
    text_boxes.note_limit(_SEARCH, _NAME_LENGTH)
    search = (
        st.text_input("Chercher un jeune", key=_SEARCH, autocomplete="off", live="1s", max_chars=_NAME_LENGTH) or ""
    )
    with db.read_transaction() as session:
        there = attendance.noted_as_present(session, by=me, workshop_id=one.id)
        offered = attendance.attendance_candidates(session, of=me, today=today, search=search, apart_from=one.id)
    ticked, shown = {person.id for person in there}, {person.id for person in offered}
    listed = [*(person for person in there if person.id not in shown), *offered]
    if there:
        noted = ", ".join(_whole_name(person) for person in there)
        st.html(f'<p class="cj-help">Notés présents\u00a0: {escape(noted)}.</p>')
    with st.container(key="cj-ticks"):
        for person in listed:
            _draw_tick(one, person, there=person.id in ticked)
    if not offered:
        st.text("Personne ne porte ce nom ici." if search else "Aucun jeune n’est inscrit pour l’instant.")
    elif len(offered) == workshop_policy.PEOPLE_OFFERED:
        st.text("Il y en a d’autres\u00a0: cherchez par le nom.")


def _draw_tick(one: OwnWorkshop, person: Person, *, there: bool) -> None:
    key = session_state.widget_key("there", one.id, person.id)
    name = _whole_name(person)
    st.checkbox(
        layout.escape_markdown(name), value=there, key=key, on_change=_put_attendance, args=(one.id, person.id, key)
    )


def _whole_name(person: Person) -> str:
    return names.name_on_screen(person.first_name, person.last_name, projected=False)


def _how_long(one: OwnWorkshop) -> None:
    """Let the trainer correct the measured minutes; a duration too short to report leaves the box empty."""
    st.header("Durée", anchor=False)
    known = one.minutes >= workshop_policy.WORKSHOP_LEAST_MINUTES
    least, longest = workshop_policy.WORKSHOP_LEAST_MINUTES, workshop_policy.WORKSHOP_MOST_MINUTES
    text_boxes.draw_number(
        f"Minutes, de {least} à {longest}",
        name=f"workshop-minutes-{one.id}",
        kept=one.minutes if known else None,
        take=partial(_correct_minutes, one.id),
        bounds=(least, longest),
        placeholder=f"Mesuré\u00a0: {one.minutes}",
    )


def _draw_imilo_line(one: OwnWorkshop, on: date, today: date) -> None:
    st.header("La ligne pour i-milo", anchor=False)
    line = imilo.workshop_line(kind=one.kind, title=one.title, on=on, minutes=one.minutes)
    if line is None:
        st.info("Moins d’un quart d’heure\u00a0: il n’y a rien à recopier.", icon=":material/hourglass_empty:")
        return
    lines.draw_imilo_line(line, name="session", today=today)
    st.text("La même pour chaque présent. Elle est aussi sur sa fiche.")


def _draw_files(me: Present, one: OwnWorkshop) -> None:
    """Draw what can be printed. The sheet bears names, so it waits until the list may be shown."""
    st.header("À imprimer", anchor=False)
    with st.container(key="cj-files"):
        if not me.projected and not workshops.just_ended(one):
            download.download_button(
                "Feuille de présence à signer",
                document="attendance",
                work_id=one.id,
                icon=":material/draw:",
                primary=True,
            )
            download.download_button(
                "Pages pour le portefeuille",
                document="portfolio-pages",
                work_id=one.id,
                icon=":material/assignment_turned_in:",
            )
        download.download_button("Page du groupe", document="group-page", work_id=one.id, icon=":material/groups:")
    st.text(
        "La feuille signée se garde dans vos dossiers\u00a0: ici, les heures d’arrivée s’effacent après trois mois. "
        "Les pages du portefeuille sont celles que les jeunes acceptent de vous montrer, et une page vide."
    )


def _put_attendance(workshop_id: str, account_id: str, key: str) -> None:
    wanted, today = bool(session_state.widget_value(key, bool)), date.today()

    def put_attendance(session: object, me: Present) -> None:
        named = {"by": me, "workshop_id": workshop_id, "account_id": account_id}
        if wanted:
            attendance.note_attendance(session, **named, today=today, now=models.utc_now())  # type: ignore[arg-type]
        else:
            attendance.take_off(session, **named, now=models.utc_now())  # type: ignore[arg-type]

    if not transactions.run_action(put_attendance):
        session_state.renew_widgets()


def _correct_minutes(workshop_id: str, minutes: int | None) -> bool:
    if minutes is None:
        return False
    saved = transactions.run_action(
        lambda session, me: lifecycle.correct_minutes(
            session, by=me, workshop_id=workshop_id, minutes=minutes, now=models.utc_now()
        )
    )
    if saved:
        session_state.tell_once("La durée est corrigée.")
    return saved is not None
