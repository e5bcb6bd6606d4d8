"""A list of 2,000 people taken into a structure that has many already, in names of the field: reading, likeness, enrolment."""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from sqlalchemy import insert
from sqlmodel import Session

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clicnjob import config, db  # noqa: E402
from clicnjob.cohort.importing import intake, tables  # noqa: E402
from clicnjob.models import Account, Enrolment, Organisation, Role, RoleHeld  # noqa: E402

NOW = datetime(2026, 3, 16, 10, tzinfo=UTC)
ROWS, TARGET = 2_000, 10.0
FIRST = "Léa Mohamed Awa Noé Inès Yanis Sarah Adam Kadiatou Lucas Emma Ibrahima Chloé Enzo Fatou Jean-Pierre Zoé Ali".split()  # noqa: SIM905
LAST = "Martin Diallo Ba Morel Ben-Salah Traoré Petit Nguyen Camara Durand Kaci Garcia Sow Lefèvre Benali Roux Cissé".split()  # noqa: SIM905
Result = TypeVar("Result")


def somebody(drawn: random.Random) -> tuple[str, str, str, str]:
    """A first name, a last name made of two, a month of birth and a telephone."""
    first = " ".join(drawn.sample(FIRST, k=drawn.choice((1, 1, 1, 2))))
    last = " ".join(drawn.sample(LAST, k=drawn.choice((1, 1, 2))))
    month = f"{drawn.randint(2000, 2009)}-{drawn.randint(1, 12):02}"
    return first, last, month, f"+336399{drawn.randint(0, 99_999):05}"


def fill(session: Session, drawn: random.Random, people: int) -> Account:
    """A structure with its people; return its adviser."""
    place = Organisation(name="Structure d’essai")
    session.add(place)
    session.flush()
    adviser = Account(role=Role.ADVISER, organisation_id=place.id, first_name="Claire")
    session.add(adviser)
    session.flush()
    session.add(RoleHeld(account_id=adviser.id, role=Role.ADVISER))
    some = [(f"jeune{number}", *somebody(drawn)) for number in range(people)]
    shared = {"organisation_id": place.id, "role": Role.YOUNG, "created_at": NOW}
    session.execute(
        insert(Account), [{"id": one[0], "first_name": one[1], "last_name": one[2], **shared} for one in some]
    )
    session.execute(insert(Enrolment), [{"account_id": one[0], "birth_month": one[3], "phone": one[4]} for one in some])
    return adviser


def workbook(drawn: random.Random) -> bytes:
    """A list as a spreadsheet exports it."""
    book = Workbook()
    book.active.append(("Liste des jeunes",))
    book.active.append(("Nom bénéficiaire", "Prénom(s)", "DDN", "Portable"))
    for _ in range(ROWS):
        first, last, month, phone = somebody(drawn)
        book.active.append((last, first, f"05/{month[5:]}/{month[:4]}", phone))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def timed(label: str, act: Callable[[], Result]) -> tuple[Result, float]:
    """Print how long an act takes, in seconds."""
    start, used = time.perf_counter(), time.process_time()
    result = act()
    took, used = time.perf_counter() - start, time.process_time() - used
    print(f"  {label:44}{took:8.2f} s, {used:.2f} of them of this process")
    return result, took


def main() -> None:
    """Print the time of each part and of the whole."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, default=20_000)
    people, drawn = words.parse_args().people, random.Random(7)
    config.make_secret()
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/list.sqlite3"
        db.migrate_database(address)
        engine = db.connect_engine(address)
        with db.write_transaction(engine) as session:
            adviser = fill(session, drawn, people)
        content = workbook(drawn)
        print(f"A list of {ROWS:,} into a structure of {people:,} (SQLite)")
        found, reading = timed("reading, in its own process", lambda: tables.read_brought_table(content))
        with db.read_transaction(engine) as session:
            shown, preview = timed(
                "rows and likenesses, as at each change",
                lambda: intake.import_preview(session, found, by=adviser, today=NOW.date()),
            )
        kept = frozenset(twin.line for twin in shown.twins)
        with db.write_transaction(engine) as session:
            _, enrolling = timed(
                "enrolling", lambda: intake.take_in(session, found, shown, by=adviser, kept=kept, now=NOW)
            )
        whole = reading + preview + enrolling
        print(
            f"  whole{whole:47.2f} s   target {TARGET:.0f}: {'held' if whole <= TARGET else 'MISSED'}; {len(kept)} likenesses"
        )
        engine.dispose()


if __name__ == "__main__":
    main()
