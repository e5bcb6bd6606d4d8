"""`python -m tests.faults`: inject each fault on each database; print fault × database × acknowledged × lost × time to recover.

Exits with 1 when an acknowledged act is lost or doubled, when something is there by half, or when the control shows that
the judge does not see a loss; `--control` runs only the control and counts its loss, so that it must fail.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is imported: a process that has threads is not to be forked

from clicnjob.operations import private_files  # noqa: E402
from tests.faults import contending, interrupting, killing, socket_cutting, standstill  # noqa: E402
from tests.faults.faults import BOTH, CannotTry, Chosen, Fault, Outcome  # noqa: E402
from tests.faults.installations import Workshop, forget_connections  # noqa: E402
from tests.faults.postgresql_server import NoPostgresql, PostgresqlServer  # noqa: E402

CONTROL = Fault("control: acts removed", killing.remove_acknowledged_acts)
FAULTS = (
    Fault("kill -9 while writing", killing.kill_while_writing),
    Fault("database locked", standstill.hold_database_locked),
    Fault("disk full", standstill.fill_the_disk),
    Fault("files may not grow", standstill.limit_file_size, ("SQLite",)),
    Fault("PostgreSQL restarted", standstill.restart_postgresql, ("PostgreSQL",)),
    Fault("PostgreSQL crashed", standstill.crash_postgresql, ("PostgreSQL",)),
    Fault("PostgreSQL frozen", standstill.freeze_postgresql, ("PostgreSQL",)),
    Fault("import killed", interrupting.kill_imports),
    Fault("backup killed", interrupting.kill_backups),
    Fault("migration killed", interrupting.kill_migrations),
    Fault("socket cut", socket_cutting.cut_sockets),
    Fault("two tabs", contending.save_in_two_tabs),
    Fault("two sweepers", contending.run_two_sweepers),
    Fault("clock back and forth", contending.move_the_clock),
    Fault("connections cut", standstill.cut_connections, ("PostgreSQL",)),
)
_ROW = "{:34} {:11} {:>12} {:>5} {:>8} {:>5} {:>10}  {}"


def main() -> int:
    """Run what was asked for; the exit status."""
    asked = _parsed_options()
    chosen = Chosen(kills=asked.kills, seed=asked.seed if asked.seed is not None else int(time.time()))
    print(f"seed {chosen.seed} · machine load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(_ROW.format("fault", "database", "acknowledged", "lost", "doubled", "half", "recover s", ""), flush=True)
    wrong = 0
    private_files.make_new_files_private()
    with _workshop(asked.database) as workshop:
        for kind in asked.database:
            for fault in (() if asked.control else FAULTS) if not asked.only else _named_faults(asked.only):
                if kind in fault.databases:
                    wrong += _run_fault(fault, workshop, kind, chosen)
            if not asked.only:
                wrong += _run_control(workshop, kind, chosen, fails=asked.control)
    print("nothing lost, nothing doubled, nothing by half" if not wrong else f"FAILED: {wrong} rows")
    return 1 if wrong else 0


def _parsed_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--kills", type=int, default=200, help="how many writers are killed on each database")
    options.add_argument("--database", nargs="+", choices=BOTH, default=list(BOTH))
    options.add_argument("--only", help="the faults whose name holds these words, without the control")
    options.add_argument("--control", action="store_true", help="only the control; it must fail")
    options.add_argument("--seed", type=int, help="for the same instants again")
    return options.parse_args()


def _named_faults(words: str) -> tuple[Fault, ...]:
    return tuple(fault for fault in FAULTS if words in fault.name)


@contextmanager
def _workshop(databases: list[str]) -> Iterator[Workshop]:
    folder = Path(tempfile.mkdtemp(prefix="clicnjob-faults-"))
    folder.chmod(0o755)  # PostgreSQL's own user must reach its folder
    server = PostgresqlServer(folder / "postgresql")
    try:
        if "PostgreSQL" in databases:
            try:
                server.create_cluster()
            except NoPostgresql:
                databases.remove("PostgreSQL")
                print("PostgreSQL's server programs are not on this machine: SQLite alone is tried.")
        yield Workshop(folder, server)
    finally:
        forget_connections()
        if "PostgreSQL" in databases:
            server.thaw_and_stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run_fault(fault: Fault, workshop: Workshop, kind: str, chosen: Chosen) -> bool:
    """Inject one fault and print its row; return whether something is wrong."""
    try:
        outcome = fault.inject(workshop, kind, chosen)
    except CannotTry as reason:
        print(_ROW.format(fault.name, kind, "", "", "", "", "", f"not tried: {reason}"), flush=True)
        return False
    except Exception as error:
        traceback.print_exc()
        print(_ROW.format(fault.name, kind, "", "", "", "", "", f"BROKE: {error}"), flush=True)
        return True
    _print_outcome(fault, kind, outcome)
    return not outcome.verdict.is_clean


def _run_control(workshop: Workshop, kind: str, chosen: Chosen, *, fails: bool) -> bool:
    """The judge must see each act that was removed; with `fails` the loss counts, as any other."""
    outcome = CONTROL.inject(workshop, kind, chosen)
    _print_outcome(CONTROL, kind, outcome)
    return fails or len(outcome.verdict.lost) != killing.REMOVED


def _print_outcome(fault: Fault, kind: str, outcome: Outcome) -> None:
    found = outcome.verdict
    counts = (found.acknowledged, len(found.lost), len(found.doubled), len(found.half))
    recovered = "" if outcome.recovered is None else f"{outcome.recovered:.2f}"
    print(_ROW.format(fault.name, kind, *counts, recovered, outcome.remark), flush=True)
    for said in (*found.lost, *found.doubled, *found.half)[:10]:
        print(f"    {said}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
