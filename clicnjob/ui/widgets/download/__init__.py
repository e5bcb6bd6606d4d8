"""Downloads without a stored file: a one-time ticket, with which the browser fetches the file by itself."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import tickets
from clicnjob.ui.shell import session_state, signed_in
from clicnjob.ui.shell.components import component_beside

_HTML = '<p class="coming" role="status">Le fichier arrive. Sinon, <a download>c’est ici</a>.</p>'
_component = component_beside(__file__, html=_HTML)


def download_button(
    label: str, *, document: str, work_id: str = "", icon: str, primary: bool = False, fit: bool = False, name: str = ""
) -> None:
    """Draw a button that downloads `document`, a key of the server's documents, for the person signed in.

    `fit` makes it as wide as its label. `name` tells two buttons for one document apart where `work_id` is too long for
    the key of a widget.
    """
    key = "-".join(part for part in ("download", document, name or work_id) if part)
    st.button(
        label,
        key=key,
        icon=icon,
        type="primary" if primary else "secondary",
        width="content" if fit else "stretch",
        on_click=_prepare_ticket,
        args=(key, document, work_id),
    )
    if token := session_state.download_token(key).take():
        _component(data={"url": f"/document/{token}"}, key=f"{key}-{token[:8]}", height="content")


def _prepare_ticket(key: str, document: str, work_id: str) -> None:
    me = signed_in.present_now()
    if me is None:
        return
    with db.write_transaction() as session:
        token = tickets.issue_ticket(session, present=me, document=document, work_id=work_id, now=models.utc_now())
    session_state.download_token(key).set(token)
