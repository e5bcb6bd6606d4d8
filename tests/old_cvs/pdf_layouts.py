"""PDF layouts that young people bring: columns, tables, timelines, text boxes in any order; made by typst."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import typst

from tests.old_cvs.people import Line, Person

_PAGE = '#set page("a4", margin: 1.5cm)\n#set text(size: 10pt, lang: "fr")\n'


def said(words: str) -> str:
    """Words as a typst string, since a name may hold any sign."""
    return '#"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def rows(words: Iterable[str]) -> str:
    return "\n\n".join(said(one) for one in words)


def bullets(words: Iterable[str]) -> str:
    return "\n".join(f"- {said(one)}" for one in words)


def word_classic(p: Person) -> str:
    """Title lines « date : title, place, town », as typed in Word."""
    lines = [f"{x.when} : {x.title}, {x.place}, {x.town}" for x in (*p.work, *p.studies)]
    return "\n\n".join((
        said(p.name), said(p.address), said(f"Tél : {p.phone}"), said(f"Mail : {p.email}"), f"= {said(p.job)}",
        "== Expériences professionnelles", rows(lines[: len(p.work)]), "== Formation", rows(lines[len(p.work) :]),
        "== Langues", rows(p.languages), "== Loisirs", rows(p.hobbies),
    ))  # fmt: skip


def two_columns(p: Person) -> str:
    """A side column on the left: contact, skills, languages; the rest on the right."""
    side = "\n\n".join(("== Contact", rows((p.phone, p.email, p.address)), "== Compétences", bullets(p.skills),
                        "== Langues", rows(p.languages), "== Centres d’intérêt", rows(p.hobbies)))  # fmt: skip
    main = "\n\n".join((f"= {said(p.name)}", said(p.job), said(p.about), "== Expériences", *map(_date_right, p.work),
                        "== Formations", *map(_date_right, p.studies)))  # fmt: skip
    return f"#grid(columns: (6cm, 1fr), gutter: 1cm, [{side}], [{main}])"


def canva(p: Person) -> str:
    """Text boxes in the order in which they were drawn, headings with a space between letters."""
    work = "\n\n".join(
        f"*{said(x.title.upper())}*\n\n{said(f'{x.place} | {x.when}')}\n\n{bullets(x.tasks)}" for x in p.work
    )
    studies = "\n\n".join(f"*{said(x.title.upper())}*\n\n{said(f'{x.place} | {x.when}')}" for x in p.studies)
    return "\n".join((
        _box(1, 9, f"{spaced('CONTACT')}\n\n{rows((p.phone, p.email, p.address))}"),
        _box(8, 9, f"{spaced('EXPÉRIENCES')}\n\n{work}", width=10),
        _box(8, 18, f"{spaced('FORMATION')}\n\n{studies}", width=10),
        _box(1, 15, f"{spaced('LANGUES')}\n\n{rows(p.languages)}"),
        _box(1, 4, f"#text(size: 26pt)[{rows(p.name.split(' ', 1))}]", width=12),
        _box(1, 7.4, said(p.job), width=12),
    ))  # fmt: skip


def dates_left(p: Person) -> str:
    """A table with the dates on the left."""

    def table(lines: tuple[Line, ...]) -> str:
        cells = ", ".join(
            f"[{said(x.when)}], [*{said(x.title)}* \\ {said(f'{x.place}, {x.town}')} \n {bullets(x.tasks)}]"
            for x in lines
        )
        return f"#table(columns: (4cm, 1fr), {cells})"

    return "\n\n".join((f"= {said(p.name)}", said(f"{p.address} – {p.phone} – {p.email}"), said(p.job), "== EXPÉRIENCES",
                        table(p.work), "== FORMATIONS", table(p.studies), "== ATOUTS", bullets(p.skills)))  # fmt: skip


def dates_right(p: Person) -> str:
    """Titles on the left, dates at the right end of the same line."""
    return "\n\n".join((f"#align(center)[= {said(p.name)}\n{said(p.job)}\n\n{said(f'{p.phone} | {p.email} | {p.town}')}]",
                        "== Expérience professionnelle", *map(_date_right, p.work), "== Diplômes",
                        *map(_date_right, p.studies), "== Qualités", bullets(p.skills)))  # fmt: skip


def france_travail(p: Person) -> str:
    """The CV of the public employment service: headings in capitals, one line for each activity."""
    lines = [f"{x.when} {x.title} - {x.place} - {x.town}" for x in (*p.work, *p.studies)]
    return "\n\n".join((
        said(p.name.upper() if p.name.split()[0].isupper() else p.name), said(p.address), said(f"Téléphone : {p.phone}"),
        said(f"Courriel : {p.email}"), said("Permis B - Véhicule"), said(f"Métier recherché : {p.job}"),
        "== COMPÉTENCES PROFESSIONNELLES", bullets(p.skills), "== EXPÉRIENCES PROFESSIONNELLES", rows(lines[: len(p.work)]),
        "== FORMATIONS", rows(lines[len(p.work) :]), "== LANGUES", rows(p.languages),
    ))  # fmt: skip


def date_below(p: Person) -> str:
    """Title, place, then the date below, in small italics."""

    def entry(x: Line) -> str:
        return f"*{said(x.title)}*\n\n{said(f'{x.place}, {x.town}')}\n\n_{said(x.when)}_\n\n{bullets(x.tasks)}"

    return "\n\n".join((f"= {said(p.name)}", said(p.job), said(f"{p.phone} • {p.email} • {p.address}"), "== Profil",
                        said(p.about), "== Mes expériences", *map(entry, p.work), "== Ma formation",
                        *map(entry, p.studies), "== Mes loisirs", rows(p.hobbies)))  # fmt: skip


def employer_first(p: Person) -> str:
    """The employer first, then the job, then the date and the town, as LinkedIn prints it."""

    def entry(x: Line) -> str:
        return f"*{said(x.place)}*\n\n{said(x.title)}\n\n{said(x.when)}\n\n{said(x.town)}\n\n{bullets(x.tasks)}"

    return "\n\n".join((said("Contact"), rows((p.phone, p.email)), f"= {said(p.name)}", said(p.job), said(p.town),
                        "== Expérience", *map(entry, p.work), "== Formation", *map(entry, p.studies)))  # fmt: skip


def europass(p: Person) -> str:
    """Labels before each thing, dates in brackets."""

    def entry(x: Line) -> str:
        head = f"{said(f'[ {x.when} ]')} *{said(x.title)}*"
        return "\n\n".join((head, said(x.place), said(f"Ville : {x.town}"), bullets(x.tasks)))

    return "\n\n".join((f"= {said(p.name)}", said(f"Numéro de téléphone : {p.phone}"), said(f"Adresse électronique : {p.email}"),
                        said(f"Adresse : {p.address} (Domicile)"), "== EXPÉRIENCE PROFESSIONNELLE", *map(entry, p.work),
                        "== ÉDUCATION ET FORMATION", *map(entry, p.studies), "== COMPÉTENCES LINGUISTIQUES",
                        rows(p.languages)))  # fmt: skip


def without_headings(p: Person) -> str:
    """Plain lines, as some write them at once, without any heading."""
    lines = [f"{x.title} {x.place} ({x.when})" for x in (*p.work, *p.studies)]
    return rows((p.name, p.phone, p.email, p.address, *lines))


def side_on_the_right(p: Person) -> str:
    """The main column first, the side column on the right, the name across on two lines."""
    first, _, last = p.name.partition(" ")
    side = "\n\n".join(("== COORDONNÉES", rows((p.address, p.phone, p.email)), "== QUALITÉS", bullets(p.skills)))
    main = "\n\n".join(("== STAGES ET EMPLOIS", *map(_title_then_rest, p.work), "== PARCOURS SCOLAIRE",
                        *map(_title_then_rest, p.studies)))  # fmt: skip
    head = f"#text(size: 30pt)[{said(first)}]\n\n#text(size: 30pt)[{said(last)}]\n\n{said(p.job)}"
    return f"{head}\n\n#grid(columns: (1fr, 5.5cm), gutter: 1cm, [{main}], [{side}])"


def all_capitals(p: Person) -> str:
    """Everything in capitals."""
    lines = [f"{x.when} : {x.title} – {x.place}" for x in (*p.work, *p.studies)]
    return rows(one.upper() for one in (
        p.name, p.job, p.phone, p.address, "Expériences", *lines[: len(p.work)], "Études", *lines[len(p.work) :], "Loisirs",
        *p.hobbies)) + "\n\n" + said(p.email)  # fmt: skip


def columns_of_text(p: Person) -> str:
    """Two equal columns of running text."""
    return "#columns(2)[" + "\n\n".join((
        f"= {said(p.name)}", said(p.phone), said(p.email), said(p.address), "== Formation",
        *map(_title_then_rest, p.studies), "== Langues", rows(p.languages), "#colbreak()", f"== Objectif\n\n{said(p.job)}",
        "== Expériences", *map(_title_then_rest, p.work))) + "]"  # fmt: skip


def timeline(p: Person) -> str:
    """A line with dots; the date above each title."""

    def entry(x: Line) -> str:
        return f"#text(fill: blue)[● {said(x.when)}]\n\n*{said(x.title)}* {said('–')} {said(x.place)}\n\n{bullets(x.tasks)}"

    return "\n\n".join((f"#align(right)[= {said(p.name)}]", said(f"📱 {p.phone}   ✉ {p.email}   📍 {p.address}"), said(p.job),
                        "== Parcours professionnel", *map(entry, p.work), "== Parcours de formation",
                        *map(entry, p.studies)))  # fmt: skip


def skills_first(p: Person) -> str:
    """Skills by subject first, the places in a list at the end, each on one line with its length."""
    lines = [f"{x.title} chez {x.place} ({x.town}), {x.when}" for x in p.work]
    studies = [f"{x.title} au {x.place} ({x.town}), {x.when}" for x in p.studies]
    return "\n\n".join((f"= {said(p.name)}", said(f"{p.email} - {p.phone} - {p.address}"), "== Mes compétences",
                        *(f"=== {said(one)}\n{bullets(('Accueil de clients', 'Rangement du stock'))}" for one in p.skills),
                        "== Emplois et stages", bullets(lines), "== Diplômes et formations", bullets(studies)))  # fmt: skip


def spaced(words: str) -> str:
    return said(" ".join(words))


def _box(x: float, y: float, content: str, *, width: float = 6) -> str:
    return f"#place(top + left, dx: {x}cm, dy: {y}cm, block(width: {width}cm)[{content}])"


def _date_right(x: Line) -> str:
    return f"*{said(x.title)}* #h(1fr) {said(x.when)}\n\n{said(f'{x.place}, {x.town}')}\n\n{bullets(x.tasks)}"


def _title_then_rest(x: Line) -> str:
    return f"*{said(x.title)}*\n\n{said(f'{x.when} | {x.place}, {x.town}')}\n\n{bullets(x.tasks)}"


LAYOUTS: dict[str, Callable[[Person], str]] = {
    one.__name__: one
    for one in (
        word_classic, two_columns, canva, dates_left, dates_right, france_travail, date_below, employer_first, europass,
        without_headings, side_on_the_right, all_capitals, columns_of_text, timeline, skills_first,
    )
}  # fmt: skip


def pdf_of(source: str) -> bytes:
    files: Any = {"main.typ": (_PAGE + source).encode()}
    return bytes(typst.compile(files, format="pdf"))
