"""The list of CVs (open, rename, copy, delete, restore) and the download of all the work."""

from __future__ import annotations

import streamlit as st

from clicnjob import text, works
from clicnjob.cv.model import bag
from clicnjob.cv.model.bag import CvCard
from clicnjob.cv.model.profile import Cv
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, navigation, open_work, session_state, transactions
from clicnjob.ui.widgets import download


def draw_cv_card(one: CvCard, *, chosen: bool) -> None:
    """Draw one CV with its actions. `chosen` marks the one being worked on."""
    with st.container(key=f"cj-cv-{one.id}", border=True):
        st.header(layout.escape_markdown(one.cv.name), anchor=False)
        st.text(one.cv.job_wanted or "Métier à choisir")
        with st.container(horizontal=True):
            if st.button(
                "Ouvrir", key=f"open-{one.id}", type="primary" if chosen else "secondary", icon=":material/edit:"
            ):
                session_state.choose_cv(one.id)
                st.switch_page(navigation.page_path("young/sheet.py"))
            with st.popover("Changer le nom", icon=":material/label:", key=f"name-{one.id}"):
                _draw_name_box(one)
            st.button("Copier", key=f"copy-{one.id}", icon=":material/description:", on_click=_copy_cv, args=(one.id,))
            st.button(
                "Supprimer",
                key=f"delete-{one.id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=_delete_cv,
                args=(one.id,),
            )


def bring_back() -> None:
    """Offer to restore the CV deleted last in this session."""
    if deleted := session_state.DELETED_CV.get():
        st.button(
            "Remettre le CV supprimé", key="bring-back", icon=":material/undo:", on_click=_bring_back, args=(deleted,)
        )


def start_cv() -> None:
    """Create a CV from the same profile and select it."""
    _make_cv(lambda session, me: bag.new_cv(session, by=me, cv=Cv(name="Nouveau CV"), operation=works.new_operation()))


def take_work_away() -> None:
    """Offer one file with all the work. It is separate from the PDF, which holds only the page sent to an employer."""
    with st.expander("Continuer sur un autre ordinateur", icon=":material/inventory_2:", key="work-file"):
        st.text(
            "«\u00a0Mon travail\u00a0» contient tout\u00a0: tes réponses, tous tes CV, tes candidatures, tes leçons finies."
        )
        st.text("Il est pour toi seul. Ne l’envoie à personne. À un employeur, envoie le PDF.")
        download.download_button("Mon travail (ne pas envoyer)", document="work", icon=":material/download:")


def _draw_name_box(one: CvCard) -> None:
    def take(typed: str) -> bool:
        name = text.clean_line(typed, most=80) or "Mon CV"
        return open_work.change_cv(lambda profile, cv: setattr(cv, "name", name), cv_id=one.id)

    text_boxes.draw_line("Nom de ce CV", name=f"cv-{one.id}", kept=one.cv.name, take=take, most=80)


def _copy_cv(cv_id: str) -> None:
    _make_cv(lambda session, me: bag.duplicate_cv(session, by=me, cv_id=cv_id, operation=works.new_operation()))


def _make_cv(making: open_work.Making) -> None:
    if saved := transactions.run_action(making):
        session_state.choose_cv(saved.result)


def _delete_cv(cv_id: str) -> None:
    if transactions.run_action(lambda session, me: bag.delete_cv(session, by=me, cv_id=cv_id)):
        session_state.DELETED_CV.set(cv_id)


def _bring_back(cv_id: str) -> None:
    if transactions.run_action(lambda session, me: bag.bring_back(session, by=me, cv_id=cv_id)):
        session_state.DELETED_CV.clear()
