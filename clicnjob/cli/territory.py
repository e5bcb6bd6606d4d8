"""`doors import`: takes over the services of a territory from files of data·inclusion v1."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from clicnjob import db
from clicnjob.cli.french import Commands
from clicnjob.learn.territory import files, importing
from clicnjob.learn.territory.files import TerritoryRefused

app = Commands(help="Importer les portes du territoire : qui aide, où, pour quoi (data·inclusion).")


@app.callback()
def name_group() -> None:
    """Importer les portes du territoire : qui aide, où, pour quoi (data·inclusion)."""


@app.command("import")
def import_territory_files(
    paths: Annotated[
        list[Path], typer.Argument(help="les fichiers de data·inclusion v1 : structures et services, en CSV ou en JSON")
    ],
) -> None:
    """Importer les structures et les services du territoire : tout ou rien, autant de fois qu’on veut."""
    db.migrate_database()
    try:
        with Progress(transient=True) as bar:
            task = bar.add_task("Vérification", total=None)
            files.check_files(paths, progress=lambda n, of: bar.update(task, completed=n, total=of))
            task = bar.add_task("Import", total=None)
            with db.write_transaction() as session:
                done = importing.import_territory(
                    session,
                    paths,
                    today=date.today(),
                    progress=lambda n, of: bar.update(task, completed=n, total=of),
                )
    except TerritoryRefused as refused:
        for mistake in refused.mistakes:
            typer.echo(mistake, err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{done.structures} structures et {done.services} services importés.")
    if done.gone:
        typer.echo(f"{done.gone} services ne sont plus dans le fichier : ils ne sont plus montrés.")
