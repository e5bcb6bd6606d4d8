"""Hashes a message by its content alone, without removing and restoring its metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from google.protobuf.message import Message  # type: ignore[import-untyped]
from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils import script_run_context

from clicnjob.web.streamlit_patches.patch import Patch


def hash_by_content(cached_from: int) -> Callable[[ForwardMsg], None]:
    """Return a function that fills in the hash of a message; the browser caches those of `cached_from` bytes or more."""

    def named(message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.hash or kind in ("ref_hash", "initialize"):
            return
        content = getattr(message, str(kind))
        written = content.SerializeToString(deterministic=True) if isinstance(content, Message) else b"%d" % content
        message.hash = hashlib.blake2b(written, digest_size=16, usedforsecurity=False).hexdigest()
        message.metadata.cacheable = (
            kind == "delta" and len(written) >= cached_from and content.WhichOneof("type") == "new_element"
        )

    return named


def _install() -> None:
    cached_from = int(config.get_option("global.minCachedMessageSize"))
    script_run_context.populate_hash_if_needed = hash_by_content(cached_from)  # type: ignore[attr-defined,assignment]


PATCH = Patch(
    name="message_hashes",
    why="Streamlit takes the metadata out of each message, hashes the rest and puts it back.",
    level="safe",
    install=_install,
    replaces={"streamlit.runtime.scriptrunner_utils.script_run_context.populate_hash_if_needed": "c46a67ffbde728a9"},
)
