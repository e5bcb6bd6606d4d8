"""The same server with Streamlit's default behaviour: a full garbage collection after each run, no frozen objects,
messages sent one by one, a thread for each rerun.

It is only for the comparison in `benchmarks.load`; the app itself has no such switch.
"""

from __future__ import annotations

import gc

from streamlit import config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from clicnjob import db, server
from clicnjob.web import delivery, lighter, turns

db.migrate()
gc.freeze = lambda: None
delivery.in_one_piece = lighter.lighter = turns.in_turn = lambda: None
delivery.Socket = WebSocketsSansIOProtocol  # type: ignore[misc,assignment]
application = server.asgi()
config.set_option("runner.postScriptGC", True)
server.asgi = lambda *_: application
server.serve()
