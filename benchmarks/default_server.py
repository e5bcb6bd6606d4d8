"""The same server with Streamlit's default behaviour: a full garbage collection after each run, no frozen objects, and
only the patches that protect people.

It is only for the comparison in `benchmarks.load`; the app itself has no such switch for the garbage collection.
"""

from __future__ import annotations

import gc

from streamlit import config

from clicnjob import db, server
from clicnjob.web.streamlit_patches.install import install

db.migrate_database()
gc.freeze = lambda: None
server.install = lambda _level: install("none")
application = server.asgi_app()
config.set_option("runner.postScriptGC", True)
server.asgi_app = lambda *_: application
server.serve_app()
