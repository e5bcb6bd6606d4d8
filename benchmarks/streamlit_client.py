"""A headless client for Streamlit's protobuf protocol over WebSocket. It presents a page as its words and its widgets,
which are found by key or label."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

SOCKET = "/_stcore/stream"
_WRITTEN = ("text_input", "text_area")
_EVENTS_OF = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # the widget that takes the triggers of a component (v2)
_FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
Place = tuple[int, ...]
_TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget that a person can use. `key` is the app's own key, '' when it has none."""

    kind: str
    id: str
    key: str
    label: str
    shown: Any

    @property
    def options(self) -> tuple[str, ...]:
        """The options of a choice, as the strings that a browser sends back."""
        if self.kind == "button_group":
            return tuple(option.content for option in self.shown.options)
        return tuple(getattr(self.shown, "options", ()))


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element or an expander, with the id of the fragment that drew it, '' for the page itself."""

    kind: str
    shown: Any
    fragment: str


class Page:
    """The screen after one run of the script."""

    def __init__(self, drawn: Iterable[Drawn]) -> None:
        self._drawn = tuple(drawn)
        self.widgets: tuple[Widget, ...] = tuple(
            _widget(one.kind, one.shown) for one in self._drawn if _acts(one.shown)
        )

    def all(self, *kinds: str) -> tuple[Widget, ...]:
        """Return the enabled widgets of these kinds, in reading order."""
        return tuple(w for w in self.widgets if w.kind in kinds and not getattr(w.shown, "disabled", False))

    def widget(self, *, key: str = "", label: str = "") -> Widget | None:
        """Return the first widget with this key or this label; None when there is none."""
        found = (w for w in self.widgets if (key and w.key == key) or (label and w.label == label))
        return next(found, None)

    @property
    def words(self) -> str:
        """The text of headings, texts and HTML, without tags."""
        return html.unescape(_TAG.sub(" ", " ".join(self._said("html", "heading", "text", "markdown"))))

    @property
    def heading(self) -> str:
        """The first heading."""
        return next(iter(self._said("heading")), "")

    @property
    def faults(self) -> tuple[str, ...]:
        """The sentences of the error alerts."""
        alerts = [one.shown for one in self._drawn if one.kind == "alert"]
        return tuple(alert.body for alert in alerts if alert.format == Alert.ERROR)

    @property
    def broke(self) -> bool:
        """Whether the script ended with an unexpected exception."""
        return any(one.kind == "exception" for one in self._drawn)

    def _said(self, *kinds: str) -> list[str]:
        return [one.shown.body for one in self._drawn if one.kind in kinds]


def _drawn(delta: Delta) -> Drawn | None:
    """Return what a delta draws; None for a plain container."""
    if delta.WhichOneof("type") == "add_block":
        part = delta.add_block.expandable
        return Drawn("expander", part, delta.fragment_id) if part.id else None
    kind = delta.new_element.WhichOneof("type")
    return Drawn(kind, getattr(delta.new_element, kind), delta.fragment_id) if kind else None


def _acts(shown: Any) -> bool:
    return str(getattr(shown, "id", "")).startswith("$$ID-")


def _widget(kind: str, shown: Any) -> Widget:
    return Widget(kind, shown.id, _key(shown.id), getattr(shown, "label", ""), shown)


def _key(widget_id: str) -> str:
    """Extract the key from `$$ID-<hash>-<key>`; without a key, Streamlit writes « None » there."""
    key = widget_id.split("-", 2)[-1]
    return "" if key == "None" else key


class Browser:
    """An open tab. Like a browser, it sends the state of every widget that it shows."""

    def __init__(self, socket: ClientConnection, *, address: str, patience: float) -> None:
        self._socket = socket
        self._address = address
        self._patience = patience
        self._values: dict[str, WidgetState] = {}
        self._script = ""
        self._kept: dict[str, ForwardMsg] = {}
        self._shown: dict[Place, Drawn] = {}
        self._fragment_of: dict[str, str] = {}
        self.page = Page(())
        self.session_id = ""
        self.received = 0

    async def visit(self, address: str = "") -> None:
        """Open a page of the app by its address, '' for the first one."""
        self._script = ""
        await self._run(page_name=address)

    async def press(self, button: Widget) -> None:
        """Press a button."""
        await self._run(acted=button.id, trigger=WidgetState(id=button.id, trigger_value=True))

    async def write(self, box: Widget, text: str) -> None:
        """Write a text in a box and leave the box."""
        await self._set(WidgetState(id=box.id, string_value=text))

    async def tick(self, box: Widget, *, on: bool = True) -> None:
        """Tick a box."""
        await self._set(WidgetState(id=box.id, bool_value=on))

    async def unfold(self, part: Widget) -> None:
        """Open an expander."""
        await self.tick(part)

    async def choose(self, choice: Widget, option: str) -> None:
        """Choose an option of pills or radio buttons; with multiple selection, it is added to the others."""
        state = WidgetState(id=choice.id)
        if choice.kind == "radio":
            state.string_value = option
        else:
            several = choice.shown.click_mode == ButtonGroup.MULTI_SELECT
            before = self._values[choice.id].string_array_value.data if several else ()
            state.string_array_value.data.extend(dict.fromkeys([*before, option]))
        await self._set(state)

    async def trigger(self, piece: Widget, event: str, value: str) -> None:
        """Have a component's script call `setTriggerValue`."""
        fired = json.dumps([{"event": event, "value": value}])
        await self._run(acted=piece.id, trigger=WidgetState(id=_EVENTS_OF.format(piece.id), json_trigger_value=fired))

    async def run_again(self, piece: Widget) -> None:
        """Run the fragment that holds `piece`, as the timer of `run_every` does."""
        await self._run(acted=piece.id)

    async def put_file(self, box: Widget, sent: UploadedFileInfo) -> None:
        """Put a file in an upload box, after its content was sent."""
        state = WidgetState(id=box.id)
        state.file_uploader_state_value.uploaded_file_info.append(sent)
        await self._set(state)

    async def say(self, message: bytes) -> None:
        """Send any message, valid or not, without waiting for an answer."""
        await self._socket.send(message)

    async def _set(self, state: WidgetState) -> None:
        self._values[state.id] = state
        await self._run(acted=state.id)

    async def _run(self, *, page_name: str = "", acted: str = "", trigger: WidgetState | None = None) -> None:
        fragment = self._fragment_of.get(acted, "")
        asked = ClientState(page_name=page_name, page_script_hash=self._script, fragment_id=fragment)
        asked.cached_message_hashes.extend(self._kept)
        asked.widget_states.widgets.extend(self._values.values())
        if trigger is not None:
            asked.widget_states.widgets.append(trigger)
        asked.context_info.url = self._address
        asked.context_info.locale = "fr-FR"
        asked.context_info.timezone = "Europe/Paris"
        await self._socket.send(BackMsg(rerun_script=asked).SerializeToString())
        async with asyncio.timeout(self._patience):
            await self._answer()
        self._show()

    async def _answer(self) -> None:
        """Read messages until the run is finished, following a switch to another page, and store the elements by place.

        A fragment's run replaces its own elements and leaves the others.
        """
        while True:
            message = await self._message()
            match message.WhichOneof("type"):
                case "new_session":
                    self.session_id = message.new_session.initialize.session_id or self.session_id
                    anew = set(message.metadata.run.fragment_ids)
                    self._shown = {at: one for at, one in self._shown.items() if anew and one.fragment not in anew}
                case "navigation":
                    self._script = message.navigation.page_script_hash
                case "delta" if drawn := _drawn(message.delta):
                    self._shown[tuple(message.metadata.delta_path)] = drawn
                case "script_finished" if message.script_finished in _FINISHED:
                    return

    async def _message(self) -> ForwardMsg:
        content = await self._socket.recv(decode=False)
        self.received += len(content)
        message: ForwardMsg = ForwardMsg.FromString(content)
        if message.WhichOneof("type") == "ref_hash":
            place, message = message.metadata.delta_path, self._kept[message.ref_hash]
            message.metadata.delta_path[:] = place
        elif message.metadata.cacheable:
            self._kept[message.hash] = message
        return message

    def _show(self) -> None:
        """Drop the state of widgets that are gone, and start new ones with the server's value."""
        drawn = [self._shown[place] for place in sorted(self._shown)]
        self.page = Page(drawn)
        self._fragment_of = {one.shown.id: one.fragment for one in drawn if _acts(one.shown)}
        states = (self._values.get(w.id) if not _set_by_server(w) else None for w in self.page.widgets)
        known = [state or _first(w) for w, state in zip(self.page.widgets, states, strict=True)]
        self._values = {state.id: state for state in known if state is not None}


def _set_by_server(widget: Widget) -> bool:
    return bool(getattr(widget.shown, "set_value", False))


def _first(widget: Widget) -> WidgetState | None:
    """Return a new widget's state, as a browser would set it; None for widgets without state, such as buttons."""
    shown, changed = widget.shown, _set_by_server(widget)
    state = WidgetState(id=widget.id)
    if widget.kind in _WRITTEN and (changed or shown.HasField("default")):
        state.string_value = shown.value if changed else shown.default
    elif widget.kind == "checkbox":
        state.bool_value = shown.value if changed else shown.default
    elif widget.kind == "expander":
        state.bool_value = shown.expanded
    elif widget.kind == "radio" and (changed or shown.HasField("default")):
        state.string_value = shown.raw_value if changed else shown.options[shown.default]
    elif widget.kind == "button_group":
        chosen = shown.raw_values if changed else [shown.options[place].content for place in shown.default]
        state.string_array_value.data.extend(chosen)
    else:
        return None
    return state


@asynccontextmanager
async def opened(base: str, *, cookie: str, patience: float = 60) -> AsyncIterator[Browser]:
    """Open a tab on the server at `base` (http://host:port) that sends `cookie` (name=value)."""
    async with connect(
        base.replace("http", "ws", 1) + SOCKET,
        origin=base,  # type: ignore[arg-type]
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
        additional_headers={"Cookie": cookie},
        max_size=None,
        proxy=None,
        open_timeout=patience,
        ping_interval=None,  # browsers send no pings
    ) as socket:
        yield Browser(socket, address=base + "/", patience=patience)
