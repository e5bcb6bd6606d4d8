"""Shows a live view of the session state, which Streamlit copies whole for each text box to read one value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState

from clicnjob.web.streamlit_patches.patch import Patch


class AsAsked(Mapping[str, Any]):
    """A live view of the session state."""

    def __init__(self, session: SafeSessionState) -> None:
        self._session = session

    def _whole_state(self) -> dict[str, Any]:
        with self._session._lock:
            return self._session._state.filtered_state

    def __getitem__(self, key: str) -> Any:
        with self._session._lock:
            return self._session._state[key]

    def __contains__(self, key: object) -> bool:
        with self._session._lock:
            return key in self._session._state

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole_state())

    def __len__(self) -> int:
        return len(self._whole_state())

    def __repr__(self) -> str:
        return repr(self._whole_state())


def _install() -> None:
    SafeSessionState.filtered_state = property(AsAsked)  # type: ignore[assignment,method-assign]


PATCH = Patch(
    name="session_view",
    why="Streamlit copies the whole session state for each text box, to read one value.",
    level="safe",
    install=_install,
    replaces={"streamlit.runtime.state.safe_session_state.SafeSessionState.filtered_state": "d08f2da73ad67b5e"},
)
