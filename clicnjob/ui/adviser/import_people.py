"""Enrolling a list of young people from a file: how it is read, who seems enrolled already, who waits to be mended."""

from __future__ import annotations

import hashlib
from datetime import date

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.importing import intake, layouts, tables
from clicnjob.cohort.importing.candidates import PARTS, AsideRow, Reading
from clicnjob.cohort.importing.enrolment import Twin
from clicnjob.cohort.importing.intake import Preview
from clicnjob.cohort.importing.layouts import Layout
from clicnjob.cohort.importing.tables import BroughtTable
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates
from clicnjob.ui.adviser import import_layout
from clicnjob.ui.adviser.import_tables import CellLink, draw_table
from clicnjob.ui.adviser.person import link
from clicnjob.ui.shell import layout, session_state, transactions, uploads
from clicnjob.ui.widgets import download

_SHOWN = 5
_MOST_ASIDE = 50
_KINDS = (
    "csv",
    "txt",
    "tsv",
    "xlsx",
    "xlsm",
    "xls",
    "ods",
    "htm",
    "html",
    "doc",
    "docx",
    "pdf",
)  # some only to say why not


def draw_template() -> None:
    """Offer the workbook to fill in."""
    download.download_button("Télécharger le modèle", document="import-model", icon=":material/table:")


def given_preview(me: Present) -> tuple[BroughtTable, Preview] | None:
    """Read the uploaded file as the page says; None without a file, or after showing what is missing to read it."""
    found = _brought_table()
    if found is None:
        return None
    try:
        with db.read_transaction() as session:
            suggested = intake.suggested_layout(session, found, by=me)
        chosen = import_layout.chosen_layout(found, suggested, file=session_state.IMPORT_FILE.get()[0])
        with db.read_transaction() as session:
            hidden = _reads_hidden(found, chosen)
            return found, intake.import_preview(
                session, found, by=me, layout=chosen, with_hidden=hidden, today=date.today()
            )
    except Refusal as refusal:
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return None


def _brought_table() -> BroughtTable | None:
    """Read the uploaded file once, and keep what it says in the memory of this tab until it is enrolled or replaced."""
    file = uploads.file_box(
        "Votre tableau (Excel, LibreOffice ou CSV, 1 Mo au plus)",
        types=_KINDS,
        key=session_state.widget_key("import"),
        megabytes=policy.IMPORT_BYTES // (1024 * 1024),
    )
    if file is None:
        session_state.IMPORT_FILE.clear()
        return None
    content = file.getvalue()
    mark = hashlib.sha256(content).hexdigest()[:16]
    known, found = session_state.IMPORT_FILE.get()
    if known == mark and found is not None:
        return found
    try:
        found = tables.read_brought_table(content)
    except Refusal as refusal:
        session_state.IMPORT_FILE.clear()
        st.error(layout.escape_markdown(refusal.sentence), icon=":material/front_hand:")
        return None
    session_state.IMPORT_FILE.set((mark, found))
    return found


def _reads_hidden(found: BroughtTable, chosen: Layout) -> bool:
    """Ask whether to read the rows that the spreadsheet hides, when there are some."""
    sheet = found.sheets[chosen.sheet]
    count = sum(line in sheet.hidden_lines for line, _ in sheet.rows[chosen.titles_at + 1 :])
    if not count or not chosen.is_enough:
        return False
    words = "la ligne masquée" if count == 1 else f"les {count} lignes masquées"
    return st.checkbox(f"Lire aussi {words} dans le tableur", key=session_state.widget_key("hidden-rows"))


def draw_reading(found: BroughtTable, shown: Preview) -> None:
    """Show how the file was understood, its first people, and the rows that are left out or wait to be mended."""
    read = shown.reading
    st.header("Vérifiez les premières lignes", anchor=False)
    st.text(reading_said(place_said(found, shown.layout), read))
    rows = [
        (p.first_name, p.last_name, contact.phone_shown(p.phone), p.birth_month and dates.month_shown(p.birth_month))
        for p in read.people[:_SHOWN]
    ]
    if rows:
        draw_table("Les premières lignes du fichier", ("Prénom", "Nom", "Téléphone", "Mois de naissance"), rows)
    for sentence in left_out_said(shown):
        st.text(sentence)
    if read.aside:
        st.header(f"Lignes à corriger\u00a0: {len(read.aside)}", anchor=False)
        draw_table(
            "Les lignes à corriger",
            ("Ligne", "Nom", "Colonne", "Écrit", "Raison"),
            [cells for row in read.aside[:_MOST_ASIDE] for cells in _aside_cells(row)],
        )


def reading_said(how: str, read: Reading) -> str:
    """Say how a file was understood, and how many of its rows are free of mistakes."""
    count = len(read.people)
    return f"Fichier lu\u00a0: {how}. {layout.count_of_people(count) if count else 'Aucun jeune'} sans erreur."


def place_said(found: BroughtTable, chosen: Layout) -> str:
    """Say from which sheet and below which titles the people were read."""
    sheet = found.sheets[chosen.sheet]
    parts = [found.how]
    if sheet.title:
        parts.append(f"feuille «\u00a0{sheet.title}\u00a0»")
    at = chosen.titles_at
    parts.append("sans titres" if at == layouts.NO_TITLES else f"titres à la ligne {sheet.rows[at][0]}")
    return ", ".join(parts)


def left_out_said(shown: Preview) -> list[str]:
    """Say what of the file is not taken over: columns, totals, lists that are too many."""
    read, said = shown.reading, []
    if read.ignored:
        said.append(f"Colonnes laissées de côté, jamais enregistrées\u00a0: {', '.join(read.ignored)}.")
    if read.skipped:
        lines = ", ".join(map(str, read.skipped[:10]))
        said.append(f"Lignes qui ne sont pas des personnes (total, titre), laissées de côté\u00a0: {lines}.")
    if shown.too_many_lists:
        most = policy.LISTS_AT_MOST
        said.append(
            f"Le fichier nomme {shown.too_many_lists} listes, et vous pouvez en avoir {most}\u00a0: aucune n’est faite."
        )
    return said


def _aside_cells(row: AsideRow) -> list[tuple[object, ...]]:
    name = " ".join(filter(None, (row.typed.get("first_name", ""), row.typed.get("last_name", ""))))
    return [
        (row.line, name, mistake.column or PARTS[mistake.part], row.typed.get(mistake.part, ""), mistake.sentence)
        for mistake in row.mistakes
    ]


def twins_kept(shown: Preview) -> frozenset[int]:
    """List the probable duplicates, left out by default; return the line numbers of those to enrol anyway."""
    if not shown.twins:
        return frozenset()
    names = {person.line: f"{person.first_name} {person.last_name}" for person in shown.reading.people}
    st.header(f"Peut-être déjà inscrits\u00a0: {len(shown.twins)}", anchor=False)
    rows = [(twin.line, names[twin.line], twin.why, _file_link(twin, names[twin.line])) for twin in shown.twins]
    draw_table("Les personnes qui semblent déjà inscrites", ("Ligne", "Nom", "Raison", "Dossier"), rows)
    labels = {f"Ligne {twin.line}, {names[twin.line]}": twin.line for twin in shown.twins}
    kept = st.multiselect(
        "Ce sont d’autres personnes\u00a0: les inscrire aussi",
        list(labels),
        key=session_state.widget_key("twins"),
        placeholder="Personne\u00a0: ces lignes sont laissées de côté",
    )
    return frozenset(labels[label] for label in kept)


def _file_link(twin: Twin, name: str) -> CellLink | str:
    """Return the link to the file of who is enrolled already, where this professional may read it."""
    if not twin.account_id:
        return ""
    return CellLink(link.file_address(twin.account_id), "Ouvrir", f"Ouvrir le dossier qui ressemble à {name}")


def draw_confirmation(found: BroughtTable, shown: Preview, kept: frozenset[int]) -> None:
    """Draw the button that enrols the good rows and puts the others aside, with a progress bar."""
    chosen, aside = shown.chosen_candidates(kept), len(shown.reading.aside)
    if not chosen and not aside:
        st.info("Toutes ces personnes sont déjà inscrites. Il n’y a rien à faire.", icon=":material/done_all:")
        return
    if aside:
        st.text(f"{lines_said(aside)} {policy.IMPORT_ASIDE_KEPT.days} jours, pour vous seul, le temps de corriger.")
    label = f"Inscrire {layout.count_of_people(len(chosen))}" if chosen else "Garder ces lignes pour les corriger"
    if st.button(label, key="import-go", type="primary", icon=":material/group_add:"):
        bar = st.progress(0.0, "Inscription en cours…")

        def done(count: int, whole: int) -> None:
            bar.progress(count / whole, f"{count} sur {whole}")

        saved = transactions.run_action(
            lambda session, me: intake.take_in(session, found, shown, by=me, kept=kept, now=models.utc_now(), done=done)
        )
        if saved:
            uploads.drop_mine()
            session_state.IMPORT_FILE.clear()
            session_state.renew_widgets()
            session_state.tell_once(taken_said(saved.result, aside))
        st.rerun()


def lines_said(count: int) -> str:
    """Say that rows are kept to be mended."""
    return "1 ligne à corriger reste ici" if count == 1 else f"{count} lignes à corriger restent ici"


def taken_said(count: int, aside: int) -> str:
    """Say what an import did."""
    cards = "Imprimez sa carte" if count == 1 else "Imprimez leurs cartes"
    done = f"C’est fait\u00a0: {layout.count_of_people(count)} de plus. {cards} plus bas." if count else ""
    return " ".join(filter(None, (done, f"{lines_said(aside)}." if aside else "")))
