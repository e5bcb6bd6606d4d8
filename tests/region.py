"""`make region`: a throw-away PostgreSQL, two processes behind HAProxy, and the demonstration's people, on this machine."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from clicnjob import __main__ as command
from clicnjob import config, db
from clicnjob.cli import prepared, several
from clicnjob.config import current_settings
from clicnjob.demo import people
from clicnjob.errors import Refusal
from clicnjob.operations import listening, private_files
from tests import postgres

PROCESSES = 2


def main() -> int:
    """Run until Ctrl+C; nothing is left behind."""
    folder = postgres.programs()
    if folder is None:
        print("PostgreSQL manque : installez-le (apt install postgresql), puis recommencez.", file=sys.stderr)
        return 2
    home = Path(tempfile.mkdtemp(prefix="clicnjob-region-"))
    private_files.make_new_files_private()
    try:
        with postgres.cluster(folder) as address:
            return run_region(address, home)
    except Refusal as refusal:
        print(refusal.sentence.replace("\n", " "), file=sys.stderr)
        return 2
    finally:
        shutil.rmtree(home, ignore_errors=True)


def run_region(address: str, home: Path) -> int:
    """Fill this database and serve it; the exit status of what watches the processes."""
    for name in [name for name in os.environ if name.startswith("CLICNJOB_") and name != "CLICNJOB_PORT"]:
        del os.environ[name]
    os.environ |= {"CLICNJOB_HOME": str(home), "CLICNJOB_MODE": "demo", "CLICNJOB_DATABASE_URL": address}
    config.current_settings.cache_clear()
    db.shared_engine.cache_clear()
    chosen = current_settings()
    several.require_several(chosen, count=PROCESSES)
    listening.require_free_port(host=chosen.host, port=chosen.port)
    prepared.prepare_database()
    with db.write_transaction() as session:
        keys = people.people_made(session, today=date.today())
        people.show_first_questions(session)
    command.show_demo_keys(keys)
    print(
        f"Deux processus derrière HAProxy : http://localhost:{chosen.port} dans quelques secondes — Ctrl+C pour arrêter."
    )
    print(f"La configuration de HAProxy : {home}/devant/haproxy.cfg", flush=True)
    db.shared_engine().dispose()
    return several.run_several(chosen, count=PROCESSES)


if __name__ == "__main__":
    sys.exit(main())
