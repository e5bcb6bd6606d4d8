"""Renewed cards: a notice for their owner, and a list for the head of the organisation."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models
from clicnjob.accounts import names, remade_cards
from clicnjob.accounts.presence import Present
from clicnjob.accounts.remade_cards import OwnRemadeCards
from clicnjob.french import days


def draw_own_cards(me: Present) -> None:
    """Tell a young person who renewed their card, when, and whom to inform if they did not ask for it."""
    with db.read_transaction() as session:
        found = remade_cards.own_remade_cards(session, of=me, now=models.utc_now())
    if found is not None:
        with st.container(key="cj-remade", border=True):
            st.html("".join(f'<p role="status">{escape(line)}</p>' for line in own_said(found)))


def own_said(found: OwnRemadeCards) -> tuple[str, str]:
    """Return the two sentences of that notice."""
    today = date.today()
    made = ", puis ".join(
        f"le {days.shown_day(days.local_day(at) or today, today=today)} par {by}" for at, by in reversed(found.made)
    )
    told = found.tell.removesuffix(".")  # « Claire M. » already ends with a full stop
    return (
        f"Ta carte a été refaite {made.removesuffix('.')}.",
        f"Si ce n’est pas toi qui l’as demandée, dis-le à {told}.",
    )


def draw_remade_cards(me: Present) -> None:
    """List for the head the recently renewed cards: for whom, by whom, and when each was first used."""
    with db.read_transaction() as session:
        found = remade_cards.remade_cards(session, of=me, now=models.utc_now())
    st.header(f"Cartes refaites depuis 3 mois\u00a0: {len(found)}", anchor=False)
    if not found:
        return
    rows = "".join(
        f"<tr><td>{one.at.astimezone():%d/%m/%Y}</td><td>{escape(_owner_name(one, me))}</td><td>{escape(one.by)}</td>"
        f"<td>{f'{one.used_at.astimezone():%d/%m/%Y}' if one.used_at else 'pas encore'}</td></tr>"
        for one in found
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Quand", "Pour qui", "Par qui", "Première fois"))
    table = f'<table class="cj-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    st.html(f'<div class="cj-scroll" tabindex="0" role="group" aria-label="Cartes refaites">{table}</div>')


def _owner_name(one: remade_cards.RemadeCard, me: Present) -> str:
    return names.name_on_screen(one.first_name, one.last_name, projected=me.projected)
