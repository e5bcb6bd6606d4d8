"""Importing work from a PDF, a JSON file, or the zip of everything. The page warns before it replaces answers."""

from __future__ import annotations

import streamlit as st

from clicnjob import consents, db, policy, works
from clicnjob.cv.exchange import reopening as carry
from clicnjob.cv.exchange.work_file import Carried
from clicnjob.cv.model import bag
from clicnjob.errors import Refusal
from clicnjob.models import ConsentTo
from clicnjob.privacy.export import readable_work
from clicnjob.privacy.export import reopening as dossiers
from clicnjob.privacy.export.reopening import Brought
from clicnjob.ui.shell import layout, open_work, session_state, uploads
from clicnjob.ui.shell.open_work import Desk

PHOTO_YES = "Je veux bien qu’on garde ma photo. Je peux l’effacer quand je veux."


def reopening(now: Desk) -> None:
    """Draw the upload, a summary of the file, and the button that imports it."""
    given = uploads.file_box(
        "Ton PDF ClicNJob, «\u00a0Mon travail\u00a0», mes-donnees.zip, ou un fichier JSON Resume",
        types=("pdf", "json", "zip"),
        key=session_state.key("carried"),
        megabytes=policy.UPLOAD_MEGABYTES,
    )
    if given is None:
        return
    try:
        found = _read(given.getvalue(), given.name)
    except Refusal as refusal:
        st.error(layout.plain(refusal.sentence), icon=":material/front_hand:")
        return
    _say(found)
    if not bag.is_empty(now.bag):
        way_back = "Emporte-les d’abord, si tu y tiens." if found.others else "« Annuler » les remet."
        st.warning(f"Tes réponses d’ici seront remplacées. {way_back}", icon=":material/warning:")
    with_photo = _photo_wanted(now, found)
    st.button("Reprendre ce travail", key="adopt", type="primary", on_click=_adopt, args=(found, with_photo))


def _read(data: bytes, filename: str) -> Brought:
    if dossiers.is_whole(data):
        return dossiers.read(data)
    return Brought(carried=carry.reopen(data, filename), ids=(), others=(), unknown=0)


def _say(found: Brought) -> None:
    if found.carried is not None:
        count = len(found.carried.profile.experiences)
        whose = found.carried.profile.first_name or "quelqu’un"
        st.text(f"Ce fichier contient le CV de {whose}, avec {count} expérience(s).")
    for title in dict.fromkeys(readable_work.kind(other.kind).title for other in found.others):
        st.text(f"Il contient aussi\u00a0: {title}.")
    if found.unknown:
        st.text("Une partie vient d’un ClicNJob plus récent. Elle ne peut pas être reprise ici.")


def _photo_wanted(now: Desk, found: Brought) -> bool:
    """Whether to import the photo of the file, which needs the person's consent here."""
    carried: Carried | None = found.carried
    if carried is None or carried.photo is None:
        return False
    with db.reading() as session:
        agreed = consents.given(session, of=now.me.id, what=ConsentTo.PHOTO)
    return agreed or st.checkbox(PHOTO_YES, key=session_state.key("carried-photo"))


def _adopt(found: Brought, with_photo: bool) -> None:
    chosen: list[str] = []

    def doing(session: object, me: object) -> None:
        if with_photo:
            consents.give(session, by=me, what=ConsentTo.PHOTO)  # type: ignore[arg-type]
        chosen.append(dossiers.adopt(session, by=me, brought=found, operation=works.new_operation()))  # type: ignore[arg-type]

    if open_work.act(doing):
        if chosen[0]:
            session_state.choose_cv(chosen[0])
        uploads.drop_mine()
        session_state.renew_widgets()
        session_state.tell("C’est repris. Tes réponses sont là.")
