"""The panel that hands many people over to a colleague, for an absence or for good."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st
from sqlmodel import Session

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.cohort import permissions
from clicnjob.cohort.many import handing_over
from clicnjob.cohort.permissions import Colleague
from clicnjob.ui.adviser.cohort.page import Cohort
from clicnjob.ui.adviser.many import confirmation, ticks
from clicnjob.ui.forms import day_box
from clicnjob.ui.shell import layout

_HOW = {"absence": "Pour une absence", "bon": "Pour de bon"}
_ABSENCE = 14  # days, the usual leave


def draw_handover(me: Present, shown: Cohort) -> None:
    """Draw to whom and for how long, whom it reaches, and what each person will read."""
    with db.read_transaction() as session:
        found = permissions.adviser_colleagues(session, of=me, today=shown.today)
    others = {one.id: one for one in found if one.id != me.id}
    if not others:
        st.text("Il n’y a pas d’autre conseiller dans la structure.")
        return
    colleague, until = _draw_choices(others, shown.today)
    if colleague is None:
        return
    with db.read_transaction() as session:
        reach = handing_over.handover_reach(
            session, by=me, account_ids=ticks.ticked_ids(), to_id=colleague.id, until=until, today=shown.today
        )
    confirmation.draw_reach(me, reach)
    words = handing_over.told_words(colleague, until=until, today=shown.today)
    st.text(f"Chacun reçoit ce message\u00a0: «\u00a0{words}\u00a0»")
    if until is None:
        st.text("Les rendez-vous à venir passent dans l’agenda de votre collègue.")
    st.button(
        confirmation.go_on("Confier", reach), key="many-handover-go", type="primary", icon=":material/swap_horiz:",
        disabled=not reach.receivers, on_click=_hand_over, args=(colleague.id, until, reach.version),
    )  # fmt: skip


def _draw_choices(others: dict[str, Colleague], today: date) -> tuple[Colleague | None, date | None]:
    with st.container(key="cj-many-to", horizontal=True, vertical_alignment="bottom"):
        to_id = st.selectbox(
            "À quel collègue", list(others), index=0 if len(others) == 1 else None, key="many-to",
            placeholder="Choisir", format_func=lambda each: _colleague_name(others[each]),
        )  # fmt: skip
        how = st.segmented_control(
            "Pour combien de temps", list(_HOW), default="absence", key="many-how", required=True,
            format_func=_HOW.__getitem__,
        )  # fmt: skip
        until = None
        if how == "absence":
            until = day_box.draw_day("Jusqu’au (compris)", key="many-until", today=today, first=_ABSENCE)
    return others.get(to_id or ""), until


def _colleague_name(one: Colleague) -> str:
    return layout.escape_markdown(f"{one.first_name} {one.last_name}".strip())


def _hand_over(to_id: str, until: date | None, shown: str) -> None:
    chosen, today = ticks.ticked_ids(), date.today()

    def hand_people_over(session: Session, me: Present, now: datetime) -> int:
        return handing_over.hand_over_many(
            session, by=me, account_ids=chosen, to_id=to_id, until=until, shown=shown, today=today, now=now
        )

    confirmation.act_once("handover", hand_people_over)
