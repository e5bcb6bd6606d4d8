"""`jobs search` and `jobs import-rome`: search jobs without the app, and import the official directory (ROME)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from clicnjob import db
from clicnjob.cli.french import Commands
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.jobs import finder
from clicnjob.jobs.imported import import_rome
from clicnjob.jobs.index import Index, build_index
from clicnjob.jobs.query import read_query
from clicnjob.jobs.rome import rome_attribution
from clicnjob.jobs.search import search_jobs

app = Commands(help="Chercher des métiers, et importer le répertoire officiel ROME.")


@app.command("search")
def print_search(
    words: Annotated[str, typer.Argument(help="le souhait, avec ses mots")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="une ligne JSON par souhait")] = False,
    limit: Annotated[int, typer.Option(help="nombre de métiers au plus", min=1, max=20)] = 5,
    file: Annotated[Path | None, typer.Option(help="un fichier, un souhait par ligne ; la réponse est en JSON")] = None,
    catalogue_only: Annotated[bool, typer.Option("--catalogue-only", help="sans le répertoire officiel")] = False,
) -> None:
    """Chercher des métiers. Avec le répertoire officiel s’il a été importé."""
    if not words and file is None:
        raise Refusal("Il faut un souhait, ou un fichier avec --file.")
    index = build_index(finder.job_catalogue()) if catalogue_only else _search_index()
    for wish in _wishes_of_file(file) if file else [words]:
        found = answer_as_json(wish, index, limit)
        typer.echo(json.dumps(found, ensure_ascii=False) if as_json or file else _answer_in_words(found))


@app.command("import-rome")
def import_rome_directory(
    path: Annotated[Path, typer.Argument(help="l’archive zip de France Travail, ou son dossier")],
) -> None:
    """Importer le répertoire officiel (ROME) : tout ou rien, autant de fois qu’on veut."""
    db.migrate_database()
    with Progress(transient=True) as bar, db.write_transaction() as session:
        task = bar.add_task("Lecture des intitulés", total=None)
        done = import_rome(session, path, progress=lambda n, of: bar.update(task, completed=n, total=of))
    typer.echo(f"{done.titles} intitulés importés. {rome_attribution(done.version)}.")
    if done.disappeared:
        typer.echo(f"Codes disparus depuis la version d’avant : {', '.join(done.disappeared)}.")


def answer_as_json(wish: str, index: Index, limit: int) -> dict[str, Any]:
    """Return one answer as a JSON object.

    `codes` are ROME parent codes in order, empty for a refusal; `said` is the sentence for the person; `support` is the
    key of the situation of distress (data/portes) or ''; `notes` are the sentences for the conditions of the wish; `ms` is
    the time taken.
    """
    begun = time.perf_counter()
    answer = search_jobs(read_query(wish), index=index, limit=limit)
    return {
        "query": wish,
        "codes": list(answer.codes),
        "categories": [match.category.cle for match in answer.matches],
        "because": [match.because for match in answer.matches],
        "tier": answer.tier,
        "said": answer.said,
        "support": answer.support.cle if answer.support else "",
        "notes": list(answer.notes),
        "ms": round((time.perf_counter() - begun) * 1000, 2),
    }


def _search_index() -> Index:
    if not current_settings().database_url and not (current_settings().home / "clicnjob.sqlite3").exists():
        return build_index(finder.job_catalogue())
    db.migrate_database()
    with db.read_transaction() as session:
        return finder.search_index(session)


def _wishes_of_file(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"Le fichier {file.name} ne se lit pas. Il doit exister et être en UTF-8.") from None


def _answer_in_words(found: dict[str, Any]) -> str:
    jobs = finder.job_catalogue().by_key
    said = [*([found["said"]] if found["said"] else []), *found["notes"]]
    lines = zip(found["categories"], found["because"], strict=True)
    return "\n".join(
        said + [f"{jobs[key].nom_m} ({', '.join(jobs[key].rome[:3])}) — {because}" for key, because in lines]
    )
