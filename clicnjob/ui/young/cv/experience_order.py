"""Offers the two orders of experiences that recruiters expect: for the job, or by date."""

from __future__ import annotations

import streamlit as st

from clicnjob.cv.document import compose
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.ui.shell import open_work
from clicnjob.ui.shell.open_work import Desk

_FOR_JOB, _BY_DATE = "D’abord pour ce métier", "D’abord les plus récentes"


def draw_experience_orders(now: Desk) -> None:
    """Draw one button for each order; the one in use is marked. Nothing is drawn when both give the same page."""
    shown = [item_id for item_id, _ in compose.section_items(now.profile, "experiences", now.cv)]
    by_date = list(compose.newest_experiences_first(now.profile))
    for_job = [item_id for item_id, _ in compose.section_items(now.profile, "experiences", _without_order(now.cv))]
    if by_date == for_job and shown == by_date:
        return
    with st.container(key="cj-experience-orders", horizontal=True):
        _draw_order(_FOR_JOB, "for-job", used=shown == for_job, ids=[], others=by_date)
        _draw_order(_BY_DATE, "by-date", used=shown == by_date and by_date != for_job, ids=by_date, others=by_date)


def _draw_order(label: str, name: str, *, used: bool, ids: list[str], others: list[str]) -> None:
    icon = ":material/check:" if used else ":material/swap_vert:"
    st.button(
        label, key=f"order-{name}", icon=icon, disabled=used, on_click=_put_order, kwargs={"ids": ids, "others": others}
    )


def _put_order(*, ids: list[str], others: list[str]) -> None:
    def alter(profile: Profile, cv: Cv) -> None:
        cv.order = [*(each for each in cv.order if each not in others), *ids]

    open_work.change_cv(alter)


def _without_order(cv: Cv) -> Cv:
    return cv.model_copy(update={"order": []})
