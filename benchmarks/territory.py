"""The import of a territory of 20,000 services, on SQLite and PostgreSQL: seconds by the clock, and the memory it takes."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import tracemalloc
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.cohort import databases  # noqa: E402
from clicnjob import db  # noqa: E402
from clicnjob.learn.territory import files, importing  # noqa: E402
from tests.learn import territory_files as made  # noqa: E402

SERVICES, STRUCTURES, TARGET = 20_000, 2_000, 20.0
TODAY = date(2026, 11, 30)


def write_territory(folder: Path, *, services: int) -> tuple[Path, Path]:
    """Write the two files that a territory brings: its structures in CSV and its services in JSON."""
    places = made.write_csv(folder / "structures.csv", *(made.structure(number) for number in range(STRUCTURES)))
    return places, made.write_json(folder / "services.json", *(made.service(number) for number in range(services)))


def import_seconds(address: str, paths: tuple[Path, Path]) -> tuple[float, float]:
    """Return how long `doors import` takes from the first line checked to the commit, by the clock and of our own CPU."""
    engine = db.connect_engine(address)
    try:
        started, worked = time.perf_counter(), time.process_time()
        files.check_files(paths)
        with db.write_transaction(engine) as session:
            importing.import_territory(session, paths, today=TODAY)
        return time.perf_counter() - started, time.process_time() - worked
    finally:
        engine.dispose()


def import_peak(address: str, paths: tuple[Path, Path]) -> float:
    """Return the most memory, in MB, that Python objects take while the files are imported once more."""
    tracemalloc.start()
    import_seconds(address, paths)
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    return peak


def main() -> int:
    """Measure both databases and return 1 when an import takes longer than TARGET."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--services", type=int, default=SERVICES)
    services = asked.parse_args().services
    slow = False
    with tempfile.TemporaryDirectory() as folder, databases() as found:
        paths = write_territory(Path(folder), services=services)
        size = sum(path.stat().st_size for path in paths) / 1024 / 1024
        print(f"{services:,} services and {STRUCTURES:,} structures, {size:.0f} MB")
        for name, address in found:
            db.migrate_database(address)
            load = os.getloadavg()[0]
            first, again = import_seconds(address, paths), import_seconds(address, paths)
            peak = import_peak(address, paths)
            slow = slow or max(first[0], again[0]) > TARGET
            print(
                f"{name:10} first {first[0]:5.1f} s (CPU {first[1]:.1f}), again {again[0]:5.1f} s (CPU {again[1]:.1f}), "
                f"target {TARGET:.0f}; {peak:.0f} MB of objects, load {load:.1f} on {os.cpu_count()} cores"
            )
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
