"""« Reprendre mon CV »: one box for any file; work made here is taken over, a CV from elsewhere is read line by line."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from clicnjob import consents, db, models, policy, works
from clicnjob.accounts.presence import Present
from clicnjob.cv.exchange import old_cv
from clicnjob.cv.exchange.reopening import ForeignCv
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import bag
from clicnjob.errors import Refusal
from clicnjob.french import forms
from clicnjob.models import ConsentTo
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.export import reopening as dossiers
from clicnjob.privacy.export.reopening import BroughtWork
from clicnjob.ui.shell import layout, navigation, session_state, transactions, uploads
from clicnjob.ui.shell.open_work import Desk

PHOTO_YES = "Je veux bien qu’on garde ma photo. Je peux l’effacer quand je veux."
_LEFT_OUT_SHOWN = 8


def draw_box() -> None:
    """Draw the box for the file, why the last one could not be opened, and the way without a file."""
    if refusal := session_state.FILE_REFUSAL.get():
        st.error(layout.escape_markdown(refusal), icon=":material/front_hand:")
    st.text("Donne ton fichier\u00a0: un CV fait ici, « Mon travail », un PDF, ou un fichier Word.")
    key = session_state.widget_key("carried")
    # Any kind of file is let in, since the browser would refuse one without saying why.
    uploads.file_box("Ton CV", types=(), key=key, megabytes=policy.UPLOAD_MEGABYTES, on_change=_open_given, args=(key,))
    st.text("On te montre ce qu’on y trouve. Rien n’entre sans toi. Ton fichier n’est pas gardé.")
    if st.button("Je n’ai pas de fichier", key="without-file", type="tertiary", icon=":material/edit:"):
        session_state.FILE_REFUSAL.clear()
        st.switch_page(navigation.page_path("young/guide.py"))


def draw_brought(now: Desk, found: BroughtWork) -> None:
    """Draw what the file holds, what of it is left out, and the button that takes it over."""
    _draw_content(found)
    if found.carried and found.carried.left_out:
        _draw_left_out(found.carried.left_out)
    if not bag.is_empty(now.bag):
        way_back = "Emporte-les d’abord, si tu y tiens." if found.others else "« Annuler » les remet."
        st.warning(f"Tes réponses d’ici seront remplacées. {way_back}", icon=":material/warning:")
    with_photo = _photo_wanted(now, found)
    with st.container(horizontal=True):
        st.button(
            "Reprendre ce travail",
            key="adopt",
            type="primary",
            icon=":material/check:",
            on_click=_adopt_file,
            args=(found, with_photo),
        )
        st.button("Choisir un autre fichier", key="other-file", on_click=forget_file)


def forget_file() -> None:
    """Forget the opened file, so that another one can be given."""
    for key in (session_state.BROUGHT, session_state.OLD_CV, session_state.OLD_CV_AT, session_state.FILE_REFUSAL):
        key.clear()


def _open_given(key: str) -> None:
    """Open the file that has just come. It is dropped at once, whatever it is, and the box is empty again."""
    given = uploads.given_file(key)
    if given is None:
        return
    forget_file()
    try:
        opened = dossiers.open_brought_file(*given)
    except Refusal as refusal:
        session_state.FILE_REFUSAL.set(refusal.sentence)
    else:
        if isinstance(opened, ForeignCv):
            session_state.OLD_CV.set(old_cv.read_old_cv(opened.lines, why=opened.why))
        else:
            session_state.BROUGHT.set(opened)
    uploads.drop_mine()
    session_state.renew_widgets()


def _draw_content(found: BroughtWork) -> None:
    if found.carried is not None:
        count = len(found.carried.profile.experiences)
        whose = found.carried.profile.first_name or "quelqu’un"
        st.text(f"Ce fichier contient le CV {forms.name_after_de(whose)}, avec {count} expérience(s).")
    for title in dict.fromkeys(readable_work.kind_of_work(other.kind).title for other in found.others):
        st.text(f"Il contient aussi\u00a0: {title}.")
    if found.lessons:
        count = len(found.lessons)
        st.text(
            "Il contient aussi\u00a0: une leçon finie."
            if count == 1
            else f"Il contient aussi\u00a0: {count} leçons finies."
        )
    if found.unknown:
        st.text("Une partie vient d’un ClicNJob plus récent. Elle ne peut pas être reprise ici.")


def _draw_left_out(sentences: tuple[str, ...]) -> None:
    with st.container(border=True, key="cj-left-out"):
        st.header("Ce qui n’a pas pu être repris", anchor=False)
        for sentence in sentences[:_LEFT_OUT_SHOWN]:
            st.text(sentence)
        if len(sentences) > _LEFT_OUT_SHOWN:
            st.text(f"Et encore {len(sentences) - _LEFT_OUT_SHOWN}.")
        st.text("Tu pourras l’écrire ici, après.")


def _photo_wanted(now: Desk, found: BroughtWork) -> bool:
    """Whether to import the photo of the file, which needs the person's consent here."""
    carried: CarriedWork | None = found.carried
    if carried is None or carried.photo is None:
        return False
    with db.read_transaction() as session:
        agreed = consents.has_consented(session, of=now.me.id, what=ConsentTo.PHOTO)
    return agreed or st.checkbox(PHOTO_YES, key=session_state.widget_key("carried-photo"))


def _adopt_file(found: BroughtWork, with_photo: bool) -> None:
    def adopt_file(session: Session, me: Present) -> str:
        if with_photo:
            consents.give_consent(session, by=me, what=ConsentTo.PHOTO, now=models.utc_now())
        return dossiers.adopt_brought_work(
            session, by=me, brought=found, operation=works.new_operation(), now=models.utc_now()
        )

    if saved := transactions.run_action(adopt_file):
        if saved.result:
            session_state.choose_cv(saved.result)
        forget_file()
        session_state.renew_widgets()
        session_state.REOPENED.set(True)  # the page goes home, where the message is shown
