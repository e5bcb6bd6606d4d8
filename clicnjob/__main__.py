"""The command line: start the app or the demonstration, check content, migrate, write documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from clicnjob import db, models
from clicnjob.accounts import staff
from clicnjob.cli import audit, copies, cv, jobs, moving, prepared, privacy, several, territory
from clicnjob.cli import staff as professionals
from clicnjob.cli.french import Commands
from clicnjob.config import WrongSetting, current_settings, given_in_environment
from clicnjob.cv.document import downloads
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.operations import address_forms, anchors, database_faults, listening, private_files

if TYPE_CHECKING:
    from clicnjob.demo.people import DemoKey

app = Commands(help="ClicNJob : l’assistant de recherche d’emploi.")
app.add_typer(cv.app, name="cv")
app.add_typer(jobs.app, name="jobs")
app.add_typer(territory.app, name="doors")
app.add_typer(privacy.app, name="privacy")
app.add_typer(audit.app, name="audit")
app.command("purge")(privacy.purge)
app.add_typer(professionals.staff, name="staff")
app.add_typer(professionals.card, name="card")
app.command("backup")(copies.backup)
app.command("restore")(copies.restore)
app.command("move")(moving.move)
app.command("proofread")(cv.proofread_text)
out = Console()


@app.callback()
def check_settings(called: typer.Context) -> None:
    """ClicNJob : l’assistant de recherche d’emploi."""
    if called.invoked_subcommand != "demo":  # it sets its own environment first
        current_settings()


@app.command()
def run(
    processes: Annotated[int, typer.Option(min=1, max=64, help="combien de processus, avec PostgreSQL et HAProxy")] = 1,
) -> None:
    """Démarrer l’application. La première fois, la structure et son administration sont créées."""
    from clicnjob.web import logs  # noqa: PLC0415 - the other commands start faster without Streamlit

    chosen = current_settings()
    logs.configure_logs(chosen.log_level)
    if processes > 1:
        several.require_several(chosen, count=processes)
    _require_free_ports()
    _start_first()
    if processes > 1:
        raise typer.Exit(several.run_several(chosen, count=processes))
    from clicnjob import server  # noqa: PLC0415 - a process that only watches others does not need it

    server.serve_app()


def _start_first() -> None:
    """Bring the database up to date, with its first administrator, while no other process does the same."""
    try:
        with prepared.hold_start():
            _prepare_database()
            with db.write_transaction() as session:
                password = staff.first_start(session, organisation_name=staff.FIRST_STRUCTURE)
        out.print(f"Premier démarrage. Nom : [bold]{staff.FIRST_LOGIN}[/]  Mot de passe : [bold]{password}[/]")
        out.print("Notez ce mot de passe : il n’est montré qu’une fois.")
    except staff.AlreadyStarted:
        pass


@app.command()
def demo() -> None:
    """Démarrer avec des personnes fictives, toujours à neuf, dans le dossier var/demo."""
    _refuse_real_database()
    folder = Path("var/demo")
    os.environ |= {"CLICNJOB_HOME": str(folder), "CLICNJOB_MODE": "demo", "CLICNJOB_DATABASE_URL": ""}
    _require_free_ports()
    for old in (*folder.glob("clicnjob.sqlite3*"), folder / anchors.FILE_NAME):
        old.unlink(missing_ok=True)
    from clicnjob import server  # noqa: PLC0415
    from clicnjob.demo import people

    _prepare_database()
    with db.write_transaction() as session:
        keys = people.people_made(session, today=date.today())
        people.show_first_questions(session)
    _make_cohorts()
    show_demo_keys(keys)
    chosen = current_settings()
    address = f"http://localhost:{chosen.port}"
    listening.tell_when_listening(
        host=chosen.host, port=chosen.port, tell=lambda: out.print(f"Ouvrez [bold]{address}[/] — Ctrl+C pour arrêter.")
    )
    server.serve_app()


def show_demo_keys(keys: Iterable[DemoKey]) -> None:
    """Print who can sign in to the demonstration, and how."""
    table = Table(title="Qui peut entrer")
    for column in ("Personne", "État"):
        table.add_column(column)
    for column in ("Carte ou nom", "Secret"):
        table.add_column(column, no_wrap=True, overflow="fold")  # people copy these, so they are never truncated
    for key in keys:
        table.add_row(key.who, key.what, key.name, key.secret)
    out.print(table)


def _require_free_ports() -> None:
    chosen = current_settings()
    listening.require_free_port(host=chosen.host, port=chosen.port)
    if of_metrics := address_forms.host_and_port(chosen.metrics):
        host, port = of_metrics
        listening.require_free_port(
            host=host, port=port, host_setting="CLICNJOB_METRICS", port_setting="CLICNJOB_METRICS"
        )


def _refuse_real_database() -> None:
    """Refuse a configured database: the demonstration erases its data at each start, so it only uses var/demo."""
    if given_in_environment("database_url"):
        raise WrongSetting(
            "La démonstration a sa propre base, dans var/demo. Retirez CLICNJOB_DATABASE_URL, puis recommencez."
        )
    if given_in_environment("home"):
        out.print("La démonstration reste dans var/demo\u00a0: CLICNJOB_HOME ne sert pas ici.")


def _make_cohorts() -> None:
    from clicnjob.demo import cohorts  # noqa: PLC0415

    with Progress(console=out) as bar, db.write_transaction() as session:
        task = bar.add_task("Une structure avec 140 jeunes…", total=cohorts.HOW_MANY)
        cohorts.make_cohorts(session, now=models.utc_now(), done=lambda done, _whole: bar.update(task, completed=done))


@app.command()
def check() -> None:
    """Vérifier les contenus et les modèles de CV : toutes les erreurs d’un coup, avec fichier et ligne."""
    from clicnjob.cli import contents  # noqa: PLC0415

    mistakes = contents.content_mistakes()
    for mistake in mistakes:
        out.print(mistake, markup=False, highlight=False)
    if mistakes:
        raise typer.Exit(1)
    out.print("Tous les contenus sont justes.")


@app.command()
def migrate(
    without_copy: Annotated[bool, typer.Option("--without-copy", help="sans copier la base d’abord")] = False,
) -> None:
    """Mettre la base de données à jour, sans démarrer. Elle est copiée d’abord dans avant-mise-a-jour."""
    with prepared.hold_start():
        _prepare_database(copy=not without_copy)


@app.command()
def questionnaire(file: Annotated[Path, typer.Argument(help="où écrire le PDF")]) -> None:
    """Écrire le questionnaire de CV à remplir sur papier."""
    file.write_bytes(downloads.paper_questionnaire().body)
    out.print(f"Écrit : {file}")


def _prepare_database(*, copy: bool = True) -> None:
    with out.status("Mise à jour de la base de données…"):
        copied = prepared.prepare_database(copy=copy)
    if copied:
        out.print(f"Base copiée avant la mise à jour\u00a0: {copied}", markup=False, highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command line. What the operator can fix ends in one sentence and status 2; a bug keeps its traceback."""
    private_files.make_new_files_private()
    days.use_french_time()
    try:
        app()
    except Refusal as refusal:
        told = refusal
    except Exception as error:
        fault = database_faults.known_fault(error)
        if fault is None:
            raise
        told = fault.refusal
    print(told.sentence.replace("\n", " "), file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
