"""The files of data/ as they are written, before any model of ours reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where libyaml is installed


@cache
def read_yaml(file: Path) -> Any:
    """What a file holds. Whoever asks again gets the same object, so a test that changes it makes a copy first."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
