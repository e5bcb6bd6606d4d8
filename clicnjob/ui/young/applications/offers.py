"""The official sites that publish job offers."""

from __future__ import annotations

from html import escape

import streamlit as st

from clicnjob import text
from clicnjob.apply.words import offer_places
from clicnjob.jobs import finder


def official_places(wanted: str) -> None:
    """List the official sites. A site that allows it opens on a search for `wanted`, the job of the CV."""
    job = next(
        (one for one in finder.job_catalogue().categories if wanted and _names_job(one.nom_m, one.nom_f, wanted)), None
    )
    rome = job.official_sheet if job else ""
    if wanted:
        st.text(f"Métier cherché\u00a0: {wanted}")
    lines = []
    for place in offer_places():
        address = escape(place.address_for(job=wanted, rome=rome), quote=True)
        lines.append(
            f'<li><span class="cj-picture-small" aria-hidden="true">{escape(place.icone)}</span><span>'
            f'<a class="cj-place" href="{address}" target="_blank" rel="noopener noreferrer">{escape(place.nom)}'
            f'<span class="cj-hidden"> (nouvel onglet)</span></a><br>{escape(place.pour)}'
            f'<br><span class="cj-codes">Adresse notée le {place.releve_le:%d/%m/%Y}</span></span></li>'
        )
    st.html(f'<ul class="cj-places">{"".join(lines)}</ul>')


def _names_job(masculine: str, feminine: str, wanted: str) -> bool:
    parts = (name for both in (masculine, feminine) for name in (both, both.split(",")[0]))
    return text.fold_text(wanted) in {text.fold_text(name) for name in parts}
