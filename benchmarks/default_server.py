"""The same server as Streamlit sets it by default: a full garbage collection after each run, nothing frozen, messages
one by one, a thread for each act.

For comparison in `benchmarks.load` only; the app itself has no such switch.
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
