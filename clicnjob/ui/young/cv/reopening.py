"""Importing work from a PDF, a JSON file, or the zip of everything. The page warns before it replaces answers."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from clicnjob import consents, db, models, policy, works
from clicnjob.accounts.presence import Present
from clicnjob.cv.exchange import reopening as carry
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import bag
from clicnjob.errors import Refusal
from clicnjob.models import ConsentTo
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.export import reopening as dossiers
from clicnjob.privacy.export.reopening import BroughtWork
from clicnjob.ui.shell import layout, session_state, transactions, uploads
from clicnjob.ui.shell.open_work import Desk

PHOTO_YES = "Je veux bien qu’on garde ma photo. Je peux l’effacer quand je veux."


def draw_reopening(now: Desk) -> None:
    """Draw the upload, a summary of the file, and the button that imports it."""
    given = uploads.file_box(
        "Ton PDF ClicNJob, «\u00a0Mon travail\u00a0», mes-donnees.zip, ou un fichier JSON Resume",
        types=("pdf", "json", "zip"),
        key=session_state.widget_key("carried"),
        megabytes=policy.UPLOAD_MEGABYTES,
    )
    if given is None:
        return
    try:
        found = _read_file(given.getvalue(), given.name)
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return
    _draw_content(found)
    if not bag.is_empty(now.bag):
        way_back = "Emporte-les d’abord, si tu y tiens." if found.others else "« Annuler » les remet."
        st.warning(f"Tes réponses d’ici seront remplacées. {way_back}", icon=":material/warning:")
    with_photo = _photo_wanted(now, found)
    st.button("Reprendre ce travail", key="adopt", type="primary", on_click=_adopt_file, args=(found, with_photo))


def _read_file(data: bytes, filename: str) -> BroughtWork:
    if dossiers.is_whole(data):
        return dossiers.read_brought_file(data)
    return BroughtWork(carried=carry.reopen_file(data, filename), ids=(), others=(), unknown=0)


def _draw_content(found: BroughtWork) -> None:
    if found.carried is not None:
        count = len(found.carried.profile.experiences)
        whose = found.carried.profile.first_name or "quelqu’un"
        st.text(f"Ce fichier contient le CV de {whose}, avec {count} expérience(s).")
    for title in dict.fromkeys(readable_work.kind_of_work(other.kind).title for other in found.others):
        st.text(f"Il contient aussi\u00a0: {title}.")
    if found.unknown:
        st.text("Une partie vient d’un ClicNJob plus récent. Elle ne peut pas être reprise ici.")


def _photo_wanted(now: Desk, found: BroughtWork) -> bool:
    """Whether to import the photo of the file, which needs the person's consent here."""
    carried: CarriedWork | None = found.carried
    if carried is None or carried.photo is None:
        return False
    with db.read_transaction() as session:
        agreed = consents.has_consented(session, of=now.me.id, what=ConsentTo.PHOTO)
    return agreed or st.checkbox(PHOTO_YES, key=session_state.widget_key("carried-photo"))


def _adopt_file(found: BroughtWork, with_photo: bool) -> None:
    def doing(session: Session, me: Present) -> str:
        if with_photo:
            consents.give_consent(session, by=me, what=ConsentTo.PHOTO, now=models.utc_now())
        return dossiers.adopt_brought_work(
            session, by=me, brought=found, operation=works.new_operation(), now=models.utc_now()
        )

    if saved := transactions.run_action(doing):
        if saved.result:
            session_state.choose_cv(saved.result)
        uploads.drop_mine()
        session_state.renew_widgets()
        session_state.tell_once("C’est repris. Tes réponses sont là.")
