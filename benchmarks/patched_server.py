"""The same server with only the patches named on the command line, and those that protect people.

It is only for `benchmarks.load --patches`; the app itself chooses a level (CLICNJOB_STREAMLIT_PATCHES).
"""

from __future__ import annotations

import sys

from clicnjob import db, server
from clicnjob.web.streamlit_patches.install import PATCHES, install

_CHOSEN = [patch for patch in PATCHES if patch.protects or patch.name in sys.argv[1:]]

db.migrate_database()
server.install = lambda _level: install("all", patches=_CHOSEN)
server.serve_app()
