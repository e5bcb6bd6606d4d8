"""Removes the telemetry wrapper of each element function: `browser.gatherUsageStats` is off, so it sends nothing."""

from __future__ import annotations

from types import FunctionType, MethodType

import streamlit
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.metrics_util import gather_metrics

from clicnjob.web.streamlit_patches.patch import Patch

WRAPPER = gather_metrics("any", lambda: None).__code__  # shared by every element function wrapped for telemetry


def _install() -> None:
    for kind in DeltaGenerator.__mro__:
        for name, drawing in list(vars(kind).items()):
            if isinstance(drawing, FunctionType) and drawing.__code__ is WRAPPER:
                setattr(kind, name, drawing.__wrapped__)  # type: ignore[attr-defined]
    for name, drawing in list(vars(streamlit).items()):
        if isinstance(drawing, MethodType) and isinstance(drawing.__self__, DeltaGenerator):
            setattr(streamlit, name, getattr(drawing.__self__, drawing.__name__))


PATCH = Patch(
    name="element_telemetry",
    why="Each element function is wrapped for usage statistics, which are off.",
    level="safe",
    install=_install,
    replaces={"streamlit.runtime.metrics_util.gather_metrics": "9a638aa716d5593d"},
)
