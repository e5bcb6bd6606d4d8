"""The same server with Streamlit's default behaviour: a full garbage collection after each run, no frozen objects,
messages sent one by one, a thread for each rerun.

It is only for the comparison in `benchmarks.load`; the app itself has no such switch.
"""

from __future__ import annotations

import gc

from streamlit import config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from clicnjob import db, server
from clicnjob.web.streamlit_patches import cheaper_elements, message_batching, run_turns

db.migrate_database()
gc.freeze = lambda: None
message_batching.in_one_piece = cheaper_elements.install_lighter = run_turns.in_turn = lambda: None
message_batching.Socket = WebSocketsSansIOProtocol  # type: ignore[misc,assignment]
application = server.asgi_app()
config.set_option("runner.postScriptGC", True)
server.asgi_app = lambda *_: application
server.serve_app()
