"""`cv render`, `cv advice` and `proofread`: CVs without the app, for batches made by trainers and for tests."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from clicnjob.cli.french import Commands
from clicnjob.cv.document import compose, docx, pdf, templates
from clicnjob.cv.document.downloads import CARRIED
from clicnjob.cv.document.pdf import RenderedPage
from clicnjob.cv.exchange import reopening, work_file
from clicnjob.cv.exchange.work_file import CarriedWork
from clicnjob.cv.model import advice
from clicnjob.cv.model.profile import Cv
from clicnjob.errors import Refusal
from clicnjob.proofreading import proofread

app = Commands(help="Fabriquer et relire un CV depuis un fichier.")
File = Annotated[Path, typer.Argument(help="un fichier ClicNJob (PDF ou JSON) ou JSON Resume 1.0")]


class UnreadablePath(Refusal):
    """The file does not exist or cannot be read or written."""


@app.command()
def render(
    file: File,
    model: Annotated[str, typer.Option(help="le modèle, par exemple sobre")] = "",
    docx_file: Annotated[Path | None, typer.Option("--docx", help="où écrire le fichier Word")] = None,
    pdf_file: Annotated[Path | None, typer.Option("--pdf", help="où écrire le PDF")] = None,
    png_file: Annotated[Path | None, typer.Option("--png", help="où écrire l’image")] = None,
) -> None:
    """Écrire le CV en Word, en PDF et en image. Tout est fabriqué avant que rien ne soit écrit."""
    carried = _carried_file(file)
    cv = _first_cv(carried)
    if model:
        cv = cv.model_copy(update={"model": templates.template_by_key(model).key})
    page = compose.compose_document(carried.profile, cv, photo=carried.photo)
    carries = {CARRIED: work_file.write_page(carried.profile, cv, carried.photo)}
    printed = pdf.pdf_page(page, attachments=carries)
    made: list[tuple[Path, bytes]] = []
    if docx_file:
        made.append((docx_file, docx.docx_file(page)))
    if pdf_file:
        made.append((pdf_file, printed.pdf))
    if png_file:
        made.append((png_file, pdf.page_image(page)))
    for where, body in made:
        _write_file(where, body)
    _warn_of_page(printed)


def _warn_of_page(page: RenderedPage) -> None:
    """Say on standard error what a batch would not notice: several pages, signs that were left out."""
    if page.pages > 1:
        typer.echo(f"Attention : ce CV fait {page.pages} pages. Enlève des lignes pour qu’il tienne sur une.", err=True)
    if page.dropped:
        typer.echo(f"Attention : ces signes ne s’impriment pas : {' '.join(page.dropped)}", err=True)


@app.command("advice")
def print_advice(file: File, as_json: Annotated[bool, typer.Option("--json", help="en JSON")] = False) -> None:
    """Dire les conseils pour ce CV, le plus important d’abord."""
    carried = _carried_file(file)
    cv = _first_cv(carried)
    page = pdf.pdf_page(compose.compose_document(carried.profile, cv, photo=carried.photo))
    found = advice.cv_advice(carried.profile, cv, fill=page.fill, uncovered=page.dropped, today=date.today())
    if as_json:
        typer.echo(json.dumps(advice.as_json(found), ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(f"{one.sentence} → {one.gesture}")


def proofread_text(
    text: Annotated[str, typer.Argument(help="le texte à relire")],
    as_json: Annotated[bool, typer.Option("--json", help="en JSON")] = False,
) -> None:
    """Relire un texte : orthographe et grammaire."""
    whole = proofread.Effort(characters=len(text), words=len(text))
    found = proofread.proofreading_remarks(text, deeper=True, effort=whole)
    if as_json:
        typer.echo(json.dumps(proofread.remarks_as_json(found), ensure_ascii=False, indent=1))
        return
    for remark in found:
        typer.echo(f"{remark.text} → {' / '.join(remark.suggestions)} : {remark.why}")


def _carried_file(file: Path) -> CarriedWork:
    try:
        data = file.read_bytes()
    except OSError:
        raise UnreadablePath(f"Le fichier {file.name} ne s’ouvre pas. Vérifie son nom et son dossier.") from None
    return reopening.reopen_file(data, file.name)


def _first_cv(carried: CarriedWork) -> Cv:
    return carried.cvs[0] if carried.cvs else Cv()


def _write_file(where: Path, body: bytes) -> None:
    """Write to a temporary file, then rename it, so that no half-written file is ever seen."""
    part = where.with_name(f".{where.name}.part")
    try:
        part.write_bytes(body)
        part.replace(where)
    except OSError:
        part.unlink(missing_ok=True)
        raise UnreadablePath(f"Le fichier {where.name} ne peut pas être écrit ici. Choisis un autre dossier.") from None
