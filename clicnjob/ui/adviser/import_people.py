"""Enrolling a list of young people from a file: preview, probable duplicates, cards, and cancelling an import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.importing import cards_paper, enrolment, intake
from clicnjob.cohort.importing.cards_paper import CardGiven
from clicnjob.cohort.importing.enrolment import Import, UndoneImport
from clicnjob.cohort.importing.intake import Preview
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates, days
from clicnjob.ui.shell import layout, session_state, transactions, uploads
from clicnjob.ui.widgets import download, proof

_SHOWN = 5
_MOST_MISTAKES = 50


def draw_template() -> None:
    """Offer the workbook to fill in."""
    download.download_button("Télécharger le modèle", document="import-model", icon=":material/table:")


def given_preview(me: Present) -> Preview | None:
    """Read the uploaded file; None without a file, or after showing why it cannot be read."""
    file = uploads.file_box(
        "Votre tableau (CSV ou XLSX, 1 Mo au plus)",
        types=("csv", "txt", "xlsx"),
        key=session_state.widget_key("import"),
        megabytes=policy.IMPORT_BYTES // (1024 * 1024),
    )
    if file is None:
        return None
    try:
        with db.read_transaction() as session:
            return intake.import_preview(session, file.getvalue(), by=me, today=date.today())
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return None


def read_so(found: Preview) -> None:
    """Show how the file was understood, its first people, and the mistakes to correct."""
    st.header("Vérifiez les premières lignes", anchor=False)
    people = found.people[:_SHOWN]
    rows = [
        (p.first_name, p.last_name, contact.phone_shown(p.phone), p.birth_month and dates.month_shown(p.birth_month))
        for p in people
    ]
    st.text(read_said(found.how, len(found.people)))
    _draw_table("Les premières lignes du fichier", ("Prénom", "Nom", "Téléphone", "Mois de naissance"), rows)
    if found.ignored:
        st.text(f"Colonnes laissées de côté, jamais enregistrées : {', '.join(found.ignored)}.")
    if found.mistakes:
        st.error(
            "Personne n’est encore inscrit. Corrigez le fichier, puis déposez-le de nouveau.", icon=":material/edit:"
        )
        shown = found.mistakes[:_MOST_MISTAKES]
        _draw_table(
            "Les lignes à corriger", ("Ligne", "Colonne", "Raison"), [(m.line, m.column, m.sentence) for m in shown]
        )


def read_said(how: str, count: int) -> str:
    """Say how a file was understood, and how many of its rows are free of mistakes."""
    return f"Fichier lu : {how}. {layout.count_of_people(count) if count else 'Aucun jeune'} sans erreur."


def twins_kept(found: Preview) -> frozenset[int]:
    """List the probable duplicates, left out by default; return the line numbers of those to enrol anyway."""
    if not found.twins:
        return frozenset()
    names = {person.line: f"{person.first_name} {person.last_name}" for person in found.people}
    st.header(f"Peut-être déjà inscrits : {len(found.twins)}", anchor=False)
    rows = [(twin.line, names[twin.line], twin.why) for twin in found.twins]
    _draw_table("Les personnes qui semblent déjà inscrites", ("Ligne", "Nom", "Raison"), rows)
    labels = {f"Ligne {twin.line}, {names[twin.line]}": twin.line for twin in found.twins}
    kept = st.multiselect(
        "Ce sont d’autres personnes : les inscrire aussi",
        list(labels),
        key=session_state.widget_key("twins"),
        placeholder="Personne : ces lignes sont laissées de côté",
    )
    return frozenset(labels[label] for label in kept)


def draw_confirmation(found: Preview, kept: frozenset[int]) -> None:
    """Draw the button that enrols everybody, with a progress bar."""
    chosen = found.chosen_candidates(kept)
    if found.mistakes:
        return
    if not chosen:
        st.info("Toutes ces personnes sont déjà inscrites. Il n’y a rien à faire.", icon=":material/done_all:")
        return
    if st.button(
        f"Inscrire {layout.count_of_people(len(chosen))}", key="import-go", type="primary", icon=":material/group_add:"
    ):
        bar = st.progress(0.0, "Inscription en cours…")

        def done(count: int, whole: int) -> None:
            bar.progress(count / whole, f"{count} sur {whole}")

        if transactions.run_action(
            lambda session, me: enrolment.enrol_many(session, chosen, by=me, now=models.utc_now(), done=done)
        ):
            uploads.drop_mine()
            session_state.renew_widgets()
            session_state.tell_once(
                f"C’est fait : {layout.count_of_people(len(chosen))} de plus. Imprimez leurs cartes plus bas."
            )
        st.rerun()


def draw_latest_imports(me: Present) -> None:
    """List the latest imports with their cards; an import can be cancelled for a day."""
    with db.read_transaction() as session:
        now = models.utc_now()
        found = enrolment.latest_imports(session, of=me, now=now)
        given = {one.id: cards_paper.cards_given(session, of=me, batch_id=one.id, now=now) for one in found}
    if found:
        st.header("Dernières listes", anchor=False)
        st.text("La carte d’un jeune déjà venu n’est jamais réimprimée.")
    for one in found:
        _draw_import(one, given[one.id])
        _draw_cancelling(me, one, given[one.id])


def _draw_import(one: Import, given: Sequence[CardGiven]) -> None:
    with st.container(key=f"cj-line-{one.id}", horizontal=True, vertical_alignment="center"):
        st.text(import_said(one))
        if given:
            words, icon = "Réimprimer les cartes", ":material/print:"
            st.button(words, key=f"again-{one.id}", icon=icon, on_click=_ask_again, args=(one.id,))
        else:
            download.download_button(
                "Imprimer les cartes",
                document="cards",
                work_id=intake.cards_key(one.id),
                icon=":material/print:",
            )
        if one.may_be_undone:
            st.button(
                "Annuler l’inscription",
                key=f"undo-{one.id}",
                icon=":material/undo:",
                on_click=_undo_import,
                args=(one.id,),
            )


def _draw_cancelling(me: Present, one: Import, given: Sequence[CardGiven]) -> None:
    """List the cards that reprinting would cancel, and ask for re-authentication before cancelling them."""
    if not given or session_state.CARDS_TO_CANCEL.get() != one.id:
        return
    with st.container(key="cj-cancel-cards", border=True):
        st.header(cancelled_said(len(given)), anchor=False)
        st.text("Ces jeunes ne sont pas encore venus. S’ils ont reçu leur carte, elle ne marchera plus.")
        _draw_table("Les cartes à annuler", ("Prénom", "Nom"), [(card.first_name, card.last_name) for card in given])
        typed = proof.draw_proof_form(me, name="cards", button="Annuler ces cartes", icon=":material/block:")
        st.button("Ne rien changer", key="cards-leave", type="tertiary", on_click=_ask_again, args=("",))
        if typed is not None:
            _cancel_cards(one.id, typed)


def cancelled_said(count: int) -> str:
    """Say how many cards would be cancelled."""
    return "1 carte donnée sera annulée" if count == 1 else f"{count} cartes données seront annulées"


def _ask_again(batch_id: str) -> None:
    session_state.CARDS_TO_CANCEL.set(batch_id)


def _cancel_cards(batch_id: str, typed: str) -> None:
    given = proof.given_proof(typed)
    if given is not None and transactions.run_action(
        lambda session, me: cards_paper.cancel_cards(
            session, by=me, batch_id=batch_id, proof=given, now=models.utc_now()
        )
    ):
        _ask_again("")
        session_state.tell_once("Les cartes sont annulées. Imprimez maintenant les nouvelles.")
    st.rerun()


def import_said(one: Import) -> str:
    """Say how many people were enrolled, and on which day in the server's time zone."""
    on = days.local_day(one.made_at) or one.made_at
    return f"{layout.count_of_people(one.people)}, le {on.day}/{on.month:02}/{on.year}"


def _undo_import(batch_id: str) -> None:
    saved = transactions.run_action(
        lambda session, me: enrolment.undo_import(session, batch_id, by=me, now=models.utc_now())
    )
    if saved:
        session_state.tell_once(undone_said(saved.result))


def undone_said(done: UndoneImport) -> str:
    """Say how many people were removed, and how many stay because they have signed in."""
    gone = f"C’est annulé pour {layout.count_of_people(done.gone)}." if done.gone else "Personne n’est retiré."
    stays = "déjà venu reste" if done.kept == 1 else "déjà venus restent"
    return f"{gone} {layout.count_of_people(done.kept)} {stays}." if done.kept else gone


def _draw_table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Draw an HTML table. Every cell is escaped, so that Markdown in a name is not interpreted."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    st.html(
        f'<div class="cj-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="cj-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
