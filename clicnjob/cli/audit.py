"""`audit verify` and `audit anchor`: check the audit log against its anchors, which are stored outside the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from sqlmodel import Session

from clicnjob import audit, db, models
from clicnjob.cli.french import Commands
from clicnjob.cli.prepared import prepare_database
from clicnjob.errors import Refusal
from clicnjob.operations import anchors, installation_check
from clicnjob.operations.anchors import AnchorFile

app = Commands(help="Le journal des accès.")
Exported = Annotated[
    Path | None,
    typer.Option("--anchor", help="des repères gardés ailleurs ; sinon ceux du dossier", show_default=False),
]


@app.callback()
def open_audit_log() -> None:
    """Le journal des accès."""
    prepare_database()


@app.command("verify")
def verify_audit_log(anchor: Exported = None) -> None:
    """Vérifier que le journal n’a été ni changé, ni vidé, ni remplacé par un plus ancien. Sinon, dit où, et rend 1."""
    with db.read_transaction() as session:
        broken = audit.first_broken(session)
        if broken is not None:
            _fail_with(f"Le journal a été changé. Première ligne fausse\u00a0: {broken}")
        held = _read_anchor_file(anchor)
        _compare_with_file(session, held)
        restores = audit.restores_recorded(session)
    typer.echo("Le journal est entier.")
    typer.echo(f"Il va avec ses repères\u00a0: {len(held.anchors)}, le dernier du {held.anchors[-1].at:%d/%m/%Y}.")
    for _line, at in restores:
        typer.echo(f"Une sauvegarde a été remise le {at:%d/%m/%Y}\u00a0: ce qui fut écrit après elle n’y est plus.")


@app.command("anchor")
def print_anchor(
    new: Annotated[bool, typer.Option("--new", help="recommencer le fichier des repères, s’il est perdu")] = False,
) -> None:
    """Écrire le repère du jour, à garder ailleurs : python -m clicnjob audit anchor >> /autre/disque/reperes.jsonl."""
    with db.write_transaction() as session:
        if new:
            installation_check.begin_anchors(session, now=models.utc_now(), anew=True)
        typer.echo(audit.end_of_log(session, now=models.utc_now()).sealed_line(), nl=False)


def _compare_with_file(session: Session, held: AnchorFile) -> None:
    if held.first_false:
        _fail_with(
            f"La ligne {held.first_false} du fichier des repères a été changée, ou vient d’une autre installation. "
            "Comparez avec votre copie\u00a0: audit verify --anchor FICHIER."
        )
    if not held.anchors:
        _fail_with("Le fichier des repères est vide. Comparez avec votre copie\u00a0: audit verify --anchor FICHIER.")
    if unmet := audit.first_unmet(session, held.anchors):
        _fail_with(
            f"Le journal a été vidé, coupé ou remplacé par un plus ancien. Le {unmet.at:%d/%m/%Y à %H:%M} (UTC), "
            f"il finissait par la ligne {unmet.line_id}\u00a0: elle manque, ou elle est autre."
        )


def _read_anchor_file(anchor: Path | None) -> AnchorFile:
    try:
        return anchors.read_anchors(anchor)
    except OSError:
        if anchor is not None:
            raise Refusal("Ce fichier de repères ne peut pas être lu. Vérifiez le chemin.") from None
        _fail_with(
            f"Le fichier des repères ({anchors.anchor_file()}) manque. Comparez avec votre copie "
            "(audit verify --anchor FICHIER), remettez-la, ou recommencez-le\u00a0: audit anchor --new."
        )


def _fail_with(sentence: str) -> NoReturn:
    typer.echo(sentence)
    raise typer.Exit(1)
