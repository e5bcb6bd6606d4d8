"""Enrolling young people one at a time, and the list of those who have a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date

import streamlit as st

from clicnjob import db, models, policy, text
from clicnjob.accounts import card_holders, names
from clicnjob.accounts.card_holders import CardHolders, YoungPerson
from clicnjob.accounts.permissions import may_renew_any_card
from clicnjob.accounts.presence import Present
from clicnjob.cohort.importing import cells, enrolment
from clicnjob.cohort.importing.candidates import Candidate
from clicnjob.errors import Refusal
from clicnjob.french import dates, days
from clicnjob.ui.adviser import new_card
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, navigation, session_state, signed_in, transactions
from clicnjob.workshops import attendance, lifecycle

_NAME_LENGTH = 60
_FIRST, _LAST, _PHONE = "enrol-first", "enrol-last", "enrol-phone"


def draw_enrolment() -> None:
    """Draw the form that enrols one person."""
    with st.form("new-card", enter_to_submit=False):
        st.header("Inscrire un jeune", anchor=False)
        left, middle, right = st.columns(3)
        with left:
            text_boxes.draw_message("Prénom", key=_FIRST)
        with middle:
            text_boxes.draw_message("Nom", key=_LAST)
        with right:
            text_boxes.draw_message("Téléphone (pas obligatoire)", key=_PHONE, most=policy.PHONE_TYPED)
        st.form_submit_button(
            "Créer la carte",
            key="enrol-go",
            type="primary",
            icon=":material/badge:",
            on_click=double_click.act_at_first_click,
            args=("enrolment", (_FIRST, _LAST, _PHONE), _enrol_person),
        )


def _enrol_person() -> None:
    """Enrol somebody, and show their card; somebody who may be enrolled already only at a second click."""
    first_name, last_name, phone = (session_state.widget_value(key, str) or "" for key in (_FIRST, _LAST, _PHONE))
    if _may_be_enrolled(first_name, last_name, phone):
        return
    saved = transactions.run_action(
        lambda session, me: enrolment.enrol_person(
            session, by=me, first_name=first_name, last_name=last_name, phone=phone, now=models.utc_now()
        )
    )
    if saved:
        session_state.ENROLLED_TWIN.clear()
        text_boxes.clear_messages(_FIRST, _LAST, _PHONE)
        new_card.keep_code(f"{first_name} {last_name}".strip(), saved.result)


def _may_be_enrolled(first_name: str, last_name: str, phone: str) -> bool:
    """Whether somebody alike is enrolled and the professional has not been told so yet; then tell them why."""
    typed = text.fold_text(f"{first_name} {last_name} {phone}")
    me = signed_in.present_now()
    if me is None or not typed or session_state.ENROLLED_TWIN.get() == typed:
        return False
    try:
        number = cells.phone_of_cell(phone)
    except Refusal:  # it is said when the person is enrolled
        return False
    with db.read_transaction() as session:
        found = enrolment.possible_twins(
            session, [Candidate(1, first_name.strip(), last_name.strip(), phone=number)], by=me
        )
    if not found:
        return False
    session_state.ENROLLED_TWIN.set(typed)
    session_state.tell_once(f"Semble {found[0].why}. Cherchez plus bas.")
    session_state.tell_once("C’est une autre personne\u00a0? Touchez encore «\u00a0Créer la carte\u00a0».")
    return True


def to_list() -> None:
    """Link to the page that enrols a whole list."""
    st.page_link(
        navigation.page_path("adviser/enrol.py"), label="Inscrire une liste (CSV, XLSX)", icon=":material/group_add:"
    )


def draw_card_holders(me: Present) -> None:
    """List the young people of the structure, with a new-card button where this professional may renew the card."""
    now = models.utc_now()
    with db.read_transaction() as session:
        found = card_holders.card_holders(
            session, of=me, search=_chosen_search(me), page=session_state.CARDS_PAGE.get(), now=now
        )
        running = None if may_renew_any_card(me) else lifecycle.running_workshop(session, of=me, now=now)
    st.header(f"Jeunes inscrits : {found.found}", anchor=False)
    if not may_renew_any_card(me):
        st.text(
            "Pour refaire une carte, notez d’abord le jeune présent à votre séance."
            if running
            else "Pour refaire une carte, commencez une séance, puis notez le jeune présent."
        )
    if not me.projected:
        _draw_search()
    if not found.people:
        st.text("Personne ne correspond." if _chosen_search(me) else "Personne n’est encore inscrit.")
    namesakes = _shared_names(found.people)
    for person in found.people:
        _draw_holder(me, person, running.id if running else "", alike=_folded_name(person) in namesakes)
    if found.pages > 1:
        _draw_page_turner(found)


def _draw_holder(me: Present, person: YoungPerson, workshop_id: str, *, alike: bool) -> None:
    with st.container(key=f"cj-line-{person.id}", horizontal=True, vertical_alignment="center"):
        name = names.name_on_screen(person.first_name, person.last_name, projected=me.projected)
        st.text(f"{name} ({_told_apart(person)})" if alike and not me.projected else name)
        st.text(_card_state(person))
        if person.renewable:
            _card_buttons(person)
        elif workshop_id:
            _there_button(person, workshop_id)
    new_card.draw_confirmation(me, account_id=person.id, first_name=person.first_name, last_name=person.last_name)


def _draw_search() -> None:
    key = session_state.widget_key("cards-search")
    text_boxes.note_limit(key, _NAME_LENGTH)
    st.text_input(
        "Chercher un nom", session_state.CARDS_SEARCH.get(), key=key, max_chars=_NAME_LENGTH, autocomplete="off",
        icon=":material/search:", on_change=_put_search, args=(key,),
    )  # fmt: skip


def _draw_page_turner(found: CardHolders) -> None:
    with st.container(key="cj-pages", horizontal=True, vertical_alignment="center"):
        turn, here = session_state.CARDS_PAGE.set, found.page
        st.button("Page d’avant", key="page-before", disabled=here == 1, on_click=turn, args=(here - 1,))
        st.text(f"Page {here} sur {found.pages}")
        st.button("Page d’après", key="page-after", disabled=here == found.pages, on_click=turn, args=(here + 1,))


def _chosen_search(me: Present) -> str:
    """Return what is searched; « Mode projection » forgets it, since it may hold a name."""
    if me.projected:
        session_state.CARDS_SEARCH.clear()
    return session_state.CARDS_SEARCH.get()


def _put_search(key: str) -> None:
    session_state.CARDS_SEARCH.set(session_state.widget_value(key, str) or "")
    session_state.CARDS_PAGE.clear()
    new_card.ask_for_card("")


def _folded_name(person: YoungPerson) -> str:
    return text.fold_text(f"{person.first_name} {person.last_name}")


def _shared_names(people: Sequence[YoungPerson]) -> Container[str]:
    counted = Counter(map(_folded_name, people))
    return {name for name, count in counted.items() if count > 1}


def _told_apart(person: YoungPerson) -> str:
    """Return what tells one of two namesakes: the month of birth, else the day of enrolment."""
    if person.birth_month:
        return f"mois de naissance\u00a0: {dates.month_shown(person.birth_month)}"
    return f"inscription\u00a0: {days.shown_day(person.enrolled_on, today=date.today())}" if person.enrolled_on else ""


def _card_buttons(person: YoungPerson) -> None:
    here = (person.id,)
    if person.locked:
        icon = ":material/lock_open:"
        st.button("Débloquer", key=f"unlock-{person.id}", icon=icon, on_click=new_card.unlock_card, args=here)
    st.button(
        "Nouvelle carte", key=f"card-{person.id}", icon=":material/badge:", on_click=new_card.ask_for_card, args=here
    )


def _there_button(person: YoungPerson, workshop_id: str) -> None:
    icon = ":material/how_to_reg:"
    args = (workshop_id, person.id)
    st.button("Noter présent", key=f"there-{person.id}", icon=icon, on_click=_note_there, args=args)


def _note_there(workshop_id: str, account_id: str) -> None:
    today = date.today()
    if transactions.run_action(
        lambda session, me: attendance.note_attendance(
            session, by=me, workshop_id=workshop_id, account_id=account_id, today=today, now=models.utc_now()
        )
    ):
        session_state.tell_once("C’est noté. Vous pouvez refaire sa carte.")


def _card_state(person: YoungPerson) -> str:
    words = "Carte bloquée" if person.locked else "Déjà connecté" if person.came else "Jamais connecté"
    return words if person.followed else f"{words}, sans conseiller"
