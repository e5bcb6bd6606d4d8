"""docs/scale.md: what 1, 40 and 450 structures need, from the table that `benchmarks.load` printed and a filled database.

`python -m benchmarks.load --people 100 400 > load.txt`, then `python -m benchmarks.scale load.txt > docs/scale.md`
"""

from __future__ import annotations

import math
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from sqlalchemy import Engine, func, insert, select
from sqlmodel import col

from benchmarks import cohort, load_person
from clicnjob import db
from clicnjob.config import Settings
from clicnjob.models import Account, Record, Revision, Role, Work, utc_now

STRUCTURES = (1, 40, 450)
YOUNG = 1_000_000 / 450  # a structure accompanies in a year
VISITS, MINUTES = 2, 40  # a month for each young person, and the length of one
DAYS, HOURS = 22, 7  # open in a month, and in a day
BUSIEST = 3  # times the mean, at the busiest moment
REVISIONS = 40  # versions kept of each work, in the mean
FULL = 0.6  # of a processor; beyond, answers slow down
_SAMPLE = 500  # people in the measured database


@dataclass(frozen=True, slots=True)
class Measured:
    """One act costs `cpu_ms` and `kilobytes`; a person holds `each` MB, a process with nobody in it `process` MB."""

    head: str
    people: int
    p95: float
    cpu_ms: float
    kilobytes: float
    each: float
    process: float


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows and bytes in the database after two years, for one young person."""

    rows: float
    bytes: float


def read_load(text: str) -> Measured:
    """Read the largest crowd that one process served without waiting. Raises ValueError when there is none."""
    rows = [[float(one) for one in line.split()[1:]] for line in text.splitlines() if re.match(r"clicnjob +\d", line)]
    served = [row for row in rows if row[4] <= 1_000 and not row[13]]
    if not served:
        raise ValueError("no crowd that one process served within a second: give what benchmarks.load printed")
    people, _, _, _, p95, cpu, _, _, rss, each, kilobytes, *_ = served[-1]
    return Measured(text.splitlines()[0], int(people), p95, cpu, kilobytes, each, rss - each * people)


def measure_rows(folder: Path) -> Stored:
    """Fill a database with people, sessions and versions of their works, and count."""
    address = f"sqlite:///{folder}/scale.sqlite3"
    db.migrate_database(address)
    engine = db.connect_engine(address)
    cohort.fill(engine, _SAMPLE)
    _add_revisions(engine)
    with db.read_transaction(engine) as session:
        tables = Record.metadata.tables.values()
        rows = sum(session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
        young = session.execute(select(func.count()).where(col(Account.role) == Role.YOUNG)).scalar_one()
    db.empty_log(engine)
    engine.dispose()
    return Stored(rows / young, (folder / "scale.sqlite3").stat().st_size / young)


def _add_revisions(engine: Engine) -> None:
    with db.write_transaction(engine) as session:
        works = session.execute(select(col(Work.id), col(Work.account_id), col(Work.body))).all()
        rows = [
            {
                "work_id": work,
                "version": number,
                "body": body,
                "operation": f"{work}{number}",
                "by_id": by,
                "at": utc_now(),
            }
            for work, by, body in works
            for number in range(REVISIONS)
        ]
        session.execute(insert(Revision), rows)


def table_lines(measured: Measured, stored: Stored) -> list[str]:
    """Return the rows of the table, one for each number of structures."""
    lines = []
    for structures in STRUCTURES:
        young = structures * YOUNG
        inside = young * VISITS * MINUTES / (DAYS * HOURS * 60) * BUSIEST
        acts = inside / load_person.PAUSE
        cores = acts * measured.cpu_ms / 1000 / FULL
        processes = max(1, math.ceil(max(cores, inside / Settings.model_fields["people_at_once"].default)))
        memory = (processes * measured.process + inside * measured.each) / 1000
        cells = (
            str(structures), _said(young), _said(inside), _said(acts), str(processes), _said(cores, 1), _said(memory, 1),
            _said(young * stored.rows / 1e6, 1), _said(young * stored.bytes / 1e9, 1),
            _said(acts * measured.kilobytes * 8 / 1000), _said(processes * db.MOST_CONNECTIONS),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _said(number: float, digits: int = 0) -> str:
    return f"{number:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def page(measured: Measured, stored: Stored) -> str:
    """Return the whole page, in French."""
    lines = table_lines(measured, stored)
    named = {
        "measured": measured, "stored": stored, "lines": lines, "number": _said, "sample": _SAMPLE, "revisions": REVISIONS,
        "visits": VISITS, "minutes": MINUTES, "days": DAYS, "hours": HOURS, "busiest": BUSIEST, "full": FULL,
        "pause": load_person.PAUSE,
    }  # fmt: skip
    text = Path(__file__).with_name("scale_page.md").read_text(encoding="utf-8")
    return Environment(undefined=StrictUndefined, trim_blocks=True).from_string(text).render(named) + "\n"


def main() -> int:
    """Print the page. The exit status is 2 without a file."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    measured = read_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        print(page(measured, measure_rows(Path(folder))), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
