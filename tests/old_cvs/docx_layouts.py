"""Word layouts that young people bring, made by python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.old_cvs.people import Line, Person

_BOX = (
    '<w:r {names}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:txbxContent>{content}</w:txbxContent></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent>{content}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def headings_and_bullets(d: Any, p: Person) -> None:
    """Word's own styles."""
    d.add_heading(p.name, 0)
    for words in (p.job, p.phone, p.email, p.address):
        d.add_paragraph(words)
    for title, lines in (("Expériences professionnelles", p.work), ("Formation", p.studies)):
        d.add_heading(title, 1)
        for x in lines:
            d.add_paragraph(f"{x.title} – {x.place}, {x.town}")
            d.add_paragraph(x.when)
            for task in x.tasks:
                d.add_paragraph(task, style="List Bullet")


def side_column(d: Any, p: Person) -> None:
    """A table of two cells: the side column, and the page."""
    side, main = d.add_table(1, 2).rows[0].cells
    for words in ("CONTACT", p.phone, p.email, p.address, "COMPÉTENCES", *p.skills, "LANGUES", *p.languages):
        side.add_paragraph(words)
    for words in (p.name, p.job, "EXPÉRIENCES", *_flat(p.work), "FORMATION", *_flat(p.studies)):
        main.add_paragraph(words)


def tabs(d: Any, p: Person) -> None:
    """Date, title and place with tabs between them."""
    for words in (p.name, f"{p.address}\t{p.phone}", p.email, "", "Expériences"):
        d.add_paragraph(words)
    for x in p.work:
        d.add_paragraph(f"{x.when}\t{x.title}\t{x.place}\t{x.town}")
    d.add_paragraph("Diplômes")
    for x in p.studies:
        d.add_paragraph(f"{x.when}\t{x.title}\t{x.place}")
    d.add_paragraph("Centres d’intérêts")
    d.add_paragraph(", ".join(p.hobbies))


def text_boxes(d: Any, p: Person) -> None:
    """Name and contact in text boxes, twice in the file as Word writes them."""
    for words in ((p.name, p.job), (p.phone, p.email, p.address)):
        content = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in words)
        made = _BOX.format(names=nsdecls("w"), content=content)
        d.add_paragraph()._p.append(parse_xml(made))
    for words in ("Mes expériences", *_flat(p.work), "Mes études", *_flat(p.studies)):
        d.add_paragraph(words)


def name_in_the_header(d: Any, p: Person) -> None:
    """Name and contact in the header of the page."""
    d.sections[0].header.paragraphs[0].text = p.name
    d.sections[0].header.add_paragraph(f"{p.phone} – {p.email} – {p.address}")
    d.add_paragraph(p.job)
    for words in ("EXPÉRIENCE PROFESSIONNELLE", *_flat(p.work), "FORMATION", *_flat(p.studies)):
        d.add_paragraph(words)


def table_of_dates(d: Any, p: Person) -> None:
    """A table: the date in the first cell, the rest in the second."""
    for words in (p.name, p.phone, p.email, p.address, p.job):
        d.add_paragraph(words)
    for title, lines in (("Expériences", p.work), ("Formations", p.studies)):
        d.add_paragraph(title)
        table = d.add_table(0, 2)
        for x in lines:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = x.when, x.title
            cells[1].add_paragraph(f"{x.place} ({x.town})")
            for task in x.tasks:
                cells[1].add_paragraph(f"- {task}")


def typed_dashes(d: Any, p: Person) -> None:
    """Lines that begin with a dash, everything typed by hand."""
    for words in (p.name, f"Tel {p.phone}", f"E-mail : {p.email}", f"Adresse : {p.address}", "", "Expériences :"):
        d.add_paragraph(words)
    for x in p.work:
        d.add_paragraph(f"- {x.when} : {x.title} chez {x.place} à {x.town}")
    d.add_paragraph("Formations :")
    for x in p.studies:
        d.add_paragraph(f"- {x.when} : {x.title}, {x.place}")


def many_runs(d: Any, p: Person) -> None:
    """Each word in a run of its own, as after much correcting."""
    lines = [f"{x.title}, {x.place}, {x.town} – {x.when}" for x in (*p.work, *p.studies)]
    for words in (p.name, p.job, f"{p.phone} | {p.email}", p.address, "Expériences professionnelles",
                  *lines[: len(p.work)], "Formation", *lines[len(p.work) :]):  # fmt: skip
        paragraph = d.add_paragraph()
        for number, word in enumerate(words.split(" ")):
            paragraph.add_run((" " if number else "") + word).bold = bool(number % 2)


def google_docs(d: Any, p: Person) -> None:
    """« Employer, town — job », the date in capitals below."""
    for words in (p.name, p.address, p.phone, p.email, "EXPÉRIENCE"):
        d.add_paragraph(words)
    for x in p.work:
        d.add_paragraph(f"{x.place}, {x.town} — {x.title}")
        d.add_paragraph(x.when.upper())
        for task in x.tasks:
            d.add_paragraph(task)
    d.add_paragraph("FORMATION")
    for x in p.studies:
        d.add_paragraph(f"{x.place}, {x.town} — {x.title}")
        d.add_paragraph(x.when.upper())


def year_and_job(d: Any, p: Person) -> None:
    """« Title | place | date » on one line with bars, headings with a colon and in bold."""
    for words in (p.name.upper(), f"{p.email} | {p.phone} | {p.town}", f"Poste recherché : {p.job}", "Mes stages :"):
        d.add_paragraph(words)
    for x in p.work:
        d.add_paragraph(f"{x.title} | {x.place} | {x.when}")
    d.add_paragraph("Ma scolarité :")
    for x in p.studies:
        d.add_paragraph(f"{x.title} | {x.place} | {x.when}")


def _flat(lines: tuple[Line, ...]) -> list[str]:
    return [
        words
        for x in lines
        for words in (f"{x.when} : {x.title}", f"{x.place}, {x.town}", *(f"• {t}" for t in x.tasks))
    ]


LAYOUTS: dict[str, Callable[[Any, Person], None]] = {
    one.__name__: one
    for one in (
        headings_and_bullets, side_column, tabs, text_boxes, name_in_the_header, table_of_dates, typed_dashes, many_runs,
        google_docs, year_and_job,
    )
}  # fmt: skip


def docx_of(layout: Callable[[Any, Person], None], person: Person) -> bytes:
    document = docx.Document()
    layout(document, person)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
