"""`move`: the whole database to another one, SQLite to PostgreSQL or back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console as Terminal
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import make_url
from sqlmodel import Session

from clicnjob import audit, models
from clicnjob.accounts.console import Console
from clicnjob.errors import Refusal
from clicnjob.operations import address_forms, installation_check
from clicnjob.operations.backups import moving
from clicnjob.operations.backups.moving import MovedTable


def move(
    source: Annotated[
        str, typer.Argument(metavar="DE", help="la base d’aujourd’hui : un fichier SQLite, ou une adresse")
    ],
    target: Annotated[str, typer.Argument(metavar="VERS", help="la base d’arrivée, vide : un fichier, ou une adresse")],
) -> None:
    """Déménager la base, de SQLite vers PostgreSQL ou l’inverse : tout ou rien. L’application doit être arrêtée."""
    addresses = [_database_address(source), _database_address(target)]
    with Progress(transient=True) as bar:
        task = bar.add_task("Déménagement", total=None)
        moved = moving.move_database(
            *addresses, before=_note_move, progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
    _show_tables(moved)
    typer.echo("Les deux bases ont les mêmes lignes. Celle de départ n’a pas changé.")
    typer.echo(f"Réglez CLICNJOB_DATABASE_URL sur {make_url(addresses[1]).render_as_string()}, puis démarrez.")
    typer.echo("Effacez l’ancienne base quand la nouvelle a fait ses preuves : elle contient des données personnelles.")


def _database_address(given: str) -> str:
    address = given if "://" in given else f"sqlite:///{given}"
    if not given or not address_forms.is_database_address(address):
        raise Refusal("Donnez un fichier SQLite, ou postgresql+psycopg://utilisateur@serveur/base.")
    return address


def _note_move(session: Session) -> None:
    now = models.utc_now()
    installation_check.require_own_secret(session, now=now)  # another secret would break the audit log
    audit.note_act(session, by=Console(), act="database moved", now=now)


def _show_tables(moved: tuple[MovedTable, ...]) -> None:
    shown = Table("Table", "Lignes", "Empreinte des deux côtés")
    for one in moved:
        shown.add_row(one.name, str(one.rows), one.digest[:16])
    Terminal().print(shown)
