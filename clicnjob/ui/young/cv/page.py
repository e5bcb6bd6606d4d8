"""« Ma page »: the exact image of the CV and its look (template, colour), and the way from here to a question."""

from __future__ import annotations

import base64
from dataclasses import replace

import streamlit as st

from clicnjob.cv.document import compose, pdf, preview, templates
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.templates import Template
from clicnjob.cv.model import guide
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.ui.shell import navigation, open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.widgets import cv_look, download
from clicnjob.ui.young.guide import way


def model_and_colour(now: Desk) -> None:
    """Draw the templates, each previewed with this person's own CV, then the colours of the chosen one."""
    offered = {model.key: model for model in templates.all_templates()}
    chosen = offered.get(now.cv.model, templates.all_templates()[0])
    with st.container(key="cj-worn"):  # on a telephone the page is far above: this one shows what a touch changes
        st.html(f'<div class="cj-sheet" aria-hidden="true">{preview.preview_html(now.document, styled=False)}</div>')
    cv_look.draw_models(
        [(model, _document_in_model(now, model)) for model in offered.values()], chosen=chosen.key, choose=_choose_model
    )
    st.html('<p class="cj-or">Couleur</p>')
    cv_look.draw_colours(chosen.colours, chosen=chosen.named_colour(now.cv.colour).key, choose=_choose_colour)


def _document_in_model(now: Desk, model: Template) -> Document:
    """Return this person's page in one model, in the chosen colour."""
    return compose.compose_document(now.profile, now.cv.model_copy(update={"model": model.key}), photo=now.bag.photo)


def _choose_model(key: str) -> None:
    open_work.change_cv(lambda profile, cv: setattr(cv, "model", key))


def _choose_colour(key: str) -> None:
    open_work.change_cv(lambda profile, cv: setattr(cv, "colour", key))


def draw_exact_page(now: Desk) -> None:
    """Draw the page as it will be printed, as an image."""
    picture = base64.b64encode(pdf.page_image(now.document, ppi=110)).decode("ascii")
    st.html(f'<img class="cj-exact" alt="Ta page, comme elle sera imprimée" src="data:image/png;base64,{picture}">')


def open_question(to: GuidePlace) -> None:
    """Open one question of the guided CV, from a button of this page; « Continuer » then leads back here."""
    way.start_at(replace(to, way=guide.ALONE))
    session_state.OPEN_GUIDE.set(True)


def follow_gesture() -> None:
    """Open the question that a piece of advice names, if its button was pressed."""
    if session_state.OPEN_GUIDE.take():
        st.switch_page(navigation.page_path("young/guide.py"))


def before_leaving(now: Desk) -> None:
    """Remind the person to delete the download from a shared computer, and offer the format of other CV sites."""
    st.text("Le fichier est dans « Téléchargements ». L’ordinateur le garde après toi.")
    st.text("Copie-le sur ta clé. Puis efface-le de « Téléchargements ».")
    st.text("Tu peux aussi l’imprimer.")
    with st.expander("Pour d’autres sites de CV", key="other-formats"):
        download.download_button(
            "Fichier JSON Resume", document="resume", work_id=now.card.id, icon=":material/sync_alt:"
        )
