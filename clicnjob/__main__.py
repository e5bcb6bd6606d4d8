"""The command line: start the app, try it with demonstration people, check the content, make documents."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from clicnjob import days, models
from clicnjob.cli import copies, cv, jobs, privacy
from clicnjob.cli import staff as professionals
from clicnjob.cli.french import Commands
from clicnjob.errors import Refusal

app = Commands(help="ClicNJob : l’assistant de recherche d’emploi.")
app.add_typer(cv.app, name="cv")
app.add_typer(jobs.app, name="jobs")
app.add_typer(privacy.app, name="privacy")
app.add_typer(privacy.audit_app, name="audit")
app.command("purge")(privacy.purge)
app.add_typer(professionals.staff, name="staff")
app.add_typer(professionals.card, name="card")
app.command("backup")(copies.backup)
app.command("restore")(copies.restore)
app.command("proofread")(cv.proofread_text)
out = Console()


@app.command()
def run() -> None:
    """Démarrer l’application. La première fois, la structure et son administration sont créées."""
    from clicnjob import db, server  # noqa: PLC0415 - the other commands start faster without Streamlit
    from clicnjob.accounts import staff  # noqa: PLC0415

    _migrate()
    try:
        with db.transaction() as session:
            password = staff.first_start(session, organisation_name=staff.FIRST_STRUCTURE)
        out.print(f"Premier démarrage. Nom : [bold]{staff.FIRST_LOGIN}[/]  Mot de passe : [bold]{password}[/]")
        out.print("Notez ce mot de passe : il n’est montré qu’une fois.")
    except staff.AlreadyStarted:
        pass
    server.serve()


@app.command()
def demo() -> None:
    """Démarrer avec des personnes fictives, toujours à neuf, dans le dossier var/demo."""
    import os  # noqa: PLC0415

    folder = Path("var/demo")
    os.environ |= {"CLICNJOB_HOME": str(folder), "CLICNJOB_MODE": "demo", "CLICNJOB_DATABASE_URL": ""}
    for old in folder.glob("clicnjob.sqlite3*"):
        old.unlink()
    from clicnjob import db, server  # noqa: PLC0415
    from clicnjob import demo as people
    from clicnjob.config import settings  # noqa: PLC0415

    _migrate()
    with db.transaction() as session:
        keys = people.people_made(session, today=date.today())
    _crowd()
    table = Table(title="Qui peut entrer")
    for column in ("Personne", "État"):
        table.add_column(column)
    for column in ("Carte ou nom", "Secret"):
        table.add_column(column, no_wrap=True, overflow="fold")  # copied as they stand: never cut short
    for key in keys:
        table.add_row(key.who, key.what, key.name, key.secret)
    out.print(table)
    out.print(f"Ouvrez [bold]http://localhost:{settings().port}[/] — Ctrl+C pour arrêter.")
    server.serve()


def _crowd() -> None:
    from rich.progress import Progress  # noqa: PLC0415

    from clicnjob import crowd, db  # noqa: PLC0415

    with Progress(console=out) as bar, db.transaction() as session:
        task = bar.add_task("Une structure avec 140 jeunes…", total=crowd.HOW_MANY)
        crowd.crowd(session, now=models.now(), done=lambda done, _whole: bar.update(task, completed=done))


@app.command()
def check() -> None:
    """Vérifier les contenus et les modèles de CV : toutes les erreurs d’un coup, avec fichier et ligne."""
    from clicnjob.cli import contents  # noqa: PLC0415

    mistakes = contents.mistakes()
    for mistake in mistakes:
        out.print(mistake, markup=False, highlight=False)
    if mistakes:
        raise typer.Exit(1)
    out.print("Tous les contenus sont justes.")


@app.command()
def migrate() -> None:
    """Mettre la base de données à jour, sans démarrer."""
    _migrate()


@app.command()
def questionnaire(file: Annotated[Path, typer.Argument(help="où écrire le PDF")]) -> None:
    """Écrire le questionnaire de CV à remplir sur papier."""
    from clicnjob.cv import outputs  # noqa: PLC0415

    file.write_bytes(outputs.paper().body)
    out.print(f"Écrit : {file}")


def _migrate() -> None:
    from clicnjob import db  # noqa: PLC0415

    with out.status("Mise à jour de la base de données…"):
        db.migrate()


def main() -> None:
    """Run the command line; a refusal is one sentence and status 2, anything else keeps its trace."""
    days.settle()
    try:
        app()
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
