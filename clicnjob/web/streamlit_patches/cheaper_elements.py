"""Makes each Streamlit rerun cheaper, with the same result.

Each patch removes a measurable part of a rerun (`benchmarks/load`), since one interpreter serves everybody. They use
Streamlit internals: tests/test_lighter.py lists them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import FunctionType, MethodType
from typing import Any

import streamlit
from google.protobuf.message import Message  # type: ignore[import-untyped]
from streamlit import config
from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main as components
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.metrics_util import gather_metrics
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.state.safe_session_state import SafeSessionState

_MARK = "lighter"
_COUNTED = gather_metrics("any", lambda: None).__code__  # shared by every element function wrapped for telemetry


def install_lighter() -> None:
    """Install the patches in this process; a second call changes nothing."""
    if hasattr(SafeSessionState, _MARK):
        return
    setattr(SafeSessionState, _MARK, True)
    SafeSessionState.filtered_state = property(AsAsked)  # type: ignore[assignment,method-assign]
    components.make_bidi_component_presenter = _patched_presenter(presentation.make_bidi_component_presenter)  # type: ignore[attr-defined]
    cached_from = int(config.get_option("global.minCachedMessageSize"))
    script_run_context.populate_hash_if_needed = _patched_hash(cached_from)  # type: ignore[attr-defined]
    _without_telemetry()


def _without_telemetry() -> None:
    """Remove the telemetry wrapper of each element function: `browser.gatherUsageStats` is off, it sends nothing."""
    for kind in DeltaGenerator.__mro__:
        for name, drawing in list(vars(kind).items()):
            if isinstance(drawing, FunctionType) and drawing.__code__ is _COUNTED:
                setattr(kind, name, drawing.__wrapped__)  # type: ignore[attr-defined]
    for name, drawing in list(vars(streamlit).items()):
        if isinstance(drawing, MethodType) and isinstance(drawing.__self__, DeltaGenerator):
            setattr(streamlit, name, getattr(drawing.__self__, drawing.__name__))


class AsAsked(Mapping[str, Any]):
    """A live view of the session state. Streamlit copies the whole state for each text box, to read one value."""

    def __init__(self, session: SafeSessionState) -> None:
        self._session = session

    def _whole(self) -> dict[str, Any]:
        with self._session._lock:
            return self._session._state.filtered_state

    def __getitem__(self, key: str) -> Any:
        with self._session._lock:
            return self._session._state[key]

    def __contains__(self, key: object) -> bool:
        with self._session._lock:
            return key in self._session._state

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())


def _patched_presenter(plain: Any) -> Any:
    """Skip the presenter class that Streamlit creates at each read of a component, where there is no state to present."""

    def presenter(aggregator: str, component: str | None = None, allowed_state_keys: set[str] | None = None) -> Any:
        return plain(aggregator, component, allowed_state_keys) if allowed_state_keys else None

    return presenter


def _patched_hash(cached_from: int) -> Any:
    """Hash a message by its content alone, without removing and restoring its metadata."""

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
