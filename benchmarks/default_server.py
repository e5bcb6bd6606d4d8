"""The same server as Streamlit sets it by default: a full garbage collection after each run, nothing frozen.

For comparison in `benchmarks.load` only; the app itself has no such switch.
"""

from __future__ import annotations

import gc

from streamlit import config

from clicnjob import db, server

db.migrate()
gc.freeze = lambda: None
application = server.asgi()
config.set_option("runner.postScriptGC", True)
server.asgi = lambda *_: application
server.serve()
