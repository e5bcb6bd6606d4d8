"""`privacy register`, `privacy missing` and `purge`: the GDPR duties of whoever runs the installation."""

from __future__ import annotations

from typing import Annotated

import typer

from clicnjob import models
from clicnjob.cli.french import Commands
from clicnjob.cli.prepared import prepare_database
from clicnjob.errors import Refusal
from clicnjob.privacy.register import columns, register_page
from clicnjob.privacy.retention import purging

app = Commands(help="Le registre des traitements.")


@app.command("register")
def print_register() -> None:
    """Écrire le registre : python -m clicnjob privacy register > docs/privacy.md."""
    typer.echo(register_page.register_document(), nl=False)


@app.command("missing")
def print_register_gaps() -> None:
    """Dire ce qui manque au registre : chaque colonne a besoin d’une raison."""
    lacks = columns.register_gaps()
    for line in lacks:
        typer.echo(line)
    if lacks:
        raise typer.Exit(1)
    typer.echo("Le registre est complet.")


def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help="compter sans effacer")] = False) -> None:
    """Effacer ce dont la durée est passée (policy.py). Le serveur le fait aussi, chaque jour."""
    prepare_database()
    try:
        done = purging.run_retention(now=models.utc_now(), dry=dry_run)
    except OSError as fault:
        raise Refusal(f"Le fichier des effacements ne peut pas être écrit\u00a0: {fault.filename}") from fault
    for words, count in done:
        typer.echo(f"{count:6}  {words}")
    if dry_run:
        typer.echo("Rien n’a été effacé.")
