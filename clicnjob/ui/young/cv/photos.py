"""The photo of the CV. It is off by default, and nothing is stored before the person consents."""

from __future__ import annotations

import streamlit as st

from clicnjob import consents, db, policy
from clicnjob.cv.document import photo
from clicnjob.cv.document.templates import template_by_key
from clicnjob.cv.model import bag
from clicnjob.cv.model.profile import Cv, PhotoShape, Profile
from clicnjob.models import ConsentTo
from clicnjob.ui.forms import asking
from clicnjob.ui.shell import open_work, session_state, transactions, uploads
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.widgets import cv_look
from clicnjob.ui.young.cv.reopening import PHOTO_YES


def draw_photo(now: Desk) -> None:
    """Draw the consent, then the upload and the choice to show the photo on this CV."""
    with st.expander("Ajouter une photo (pas obligatoire)", key="photo", expanded=now.cv.with_photo):
        st.text("Un employeur n’a pas le droit d’exiger une photo. C’est toi qui choisis.")
        with db.read_transaction() as session:
            agreed = consents.has_consented(session, of=now.me.id, what=ConsentTo.PHOTO)
        if not agreed:
            st.checkbox(PHOTO_YES, key=session_state.widget_key("photo-yes"), on_change=_agree_to_photo)
            return
        given = uploads.file_box(
            "Photo",
            types=("jpg", "jpeg", "png", "webp"),
            key=session_state.widget_key("photo"),
            megabytes=policy.UPLOAD_MEGABYTES,
        )
        if given is not None:
            st.button("Mettre cette photo", key="photo-keep", on_click=_keep_photo, args=(given.getvalue(),))
        if now.bag.photo:
            asking.ask_tick("Montrer ma photo sur ce CV", name="photo-on", ticked=now.cv.with_photo, put=_put_photo)
            if now.cv.with_photo:
                own = template_by_key(now.document.model).photo_shape
                cv_look.draw_photo_shapes(now.bag.photo, chosen=now.cv.photo_shape or own, choose=_choose_shape)
        words = "Effacer ma photo" if now.bag.photo else "Finalement, je ne veux pas de photo"
        st.button(words, key="photo-erase", type="tertiary", on_click=_erase_photo)


def _agree_to_photo() -> None:
    transactions.run_action(lambda session, me: consents.give_consent(session, by=me, what=ConsentTo.PHOTO))


def _keep_photo(data: bytes) -> None:
    if transactions.run_action(lambda session, me: bag.keep_photo(session, by=me, jpeg=photo.checked_photo(data))):
        open_work.change_cv(lambda profile, cv: _put_photo(profile, cv, True))
        uploads.drop_mine()
        session_state.renew_widgets()


def _erase_photo() -> None:
    """Withdraw the consent, delete the photo, and hide it on the selected CV."""
    transactions.run_action(lambda session, me: bag.remove_photo(session, by=me))
    open_work.change_cv(lambda profile, cv: _put_photo(profile, cv, False))
    session_state.renew_widgets()


def _choose_shape(shape: PhotoShape) -> None:
    open_work.change_cv(lambda profile, cv: setattr(cv, "photo_shape", shape))


def _put_photo(profile: Profile, cv: Cv, shown: bool) -> None:
    cv.with_photo = shown
