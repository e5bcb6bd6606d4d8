"""`backup` and `restore`: write the whole database to one file, and read it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress
from sqlmodel import Session

from clicnjob import audit, db, models
from clicnjob.accounts.console import Console
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.operations import backups, installation_check, private_files
from clicnjob.privacy.erasure import replay


def backup(file: Annotated[Path, typer.Argument(help="où écrire la sauvegarde")]) -> None:
    """Sauvegarder toute la base dans un fichier. L’application peut tourner."""
    with db.read_transaction() as session:
        session.connection()  # fails early when there is no database
    with Progress(transient=True) as bar:
        done = backups.back_up_database(
            file, address=current_settings().database, now=models.utc_now(), progress=_progress_shower(bar, "Sauvegarde")
        )  # fmt: skip
    with db.write_transaction() as session:
        installation_check.require_own_secret(session, now=models.utc_now())  # another secret would break the audit log
        audit.note_act(session, by=Console(), act="backup made", now=models.utc_now())
    typer.echo(
        f"Écrit : {file} ({done.size // 1024} Ko). Ce fichier contient des données personnelles : mettez-le à l’abri."
    )
    typer.echo(
        "Le secret n’y est pas. Gardez à part le fichier « secret » du dossier : sans lui, aucune carte ne marche."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="la sauvegarde à remettre")],
    yes: Annotated[bool, typer.Option("--yes", help="sans demander")] = False,
) -> None:
    """Remettre une sauvegarde : tout ou rien. L’application doit être arrêtée."""
    if not yes and not typer.confirm("Tout ce qui est dans la base sera remplacé. Continuer ?"):
        raise Refusal("Rien n’a changé.")
    private_files.require_writable_home(current_settings())
    with Progress(transient=True) as bar:
        again = backups.restore_database(
            file, address=current_settings().database, after=replay_erasures, progress=_progress_shower(bar, "Restauration")
        )  # fmt: skip
    with db.write_transaction() as session:
        installation_check.anchor_restored_log(session, now=models.utc_now())
    typer.echo("La sauvegarde est remise.")
    if again:
        typer.echo(f"Personnes effacées depuis, et effacées de nouveau : {again}.")


def replay_erasures(session: Session) -> int:
    """Erase again whoever the backup brought back; return how many.

    A backup made with another secret is refused: nothing encrypted in it could be read, and its audit log would break.
    """
    now = models.utc_now()
    installation_check.require_own_secret(session, now=now)
    return replay.after_restore(session, now=now)


def _progress_shower(bar: Progress, words: str) -> Callable[[int, int], None]:
    task = bar.add_task(words, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)
