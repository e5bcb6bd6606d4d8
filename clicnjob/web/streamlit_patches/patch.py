"""One patch of Streamlit or uvicorn, and the check that the source it was written for is still the installed one."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import Literal

_DIGITS = 16  # enough to notice a change, short enough to be read
Level = Literal["all", "safe", "none"]


@dataclass(frozen=True, slots=True)
class Patch:
    """What replaces, or only reads, private code of a library.

    `level` is the lowest setting that still installs it. A patch of the level `none` protects people and is always
    installed, one of `safe` only skips work, one of `all` also changes when or on which thread something happens.
    `replaces` and `reads` give the hash of the source for each dotted path; a patch that only reads has no `install`.
    """

    name: str
    why: str
    level: Level
    install: Callable[[], None] | None = None
    replaces: Mapping[str, str] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)

    @property
    def protects(self) -> bool:
        """Whether people depend on it, so that the server must not start without it."""
        return self.level == "none"

    @property
    def sources(self) -> dict[str, str]:
        """The expected hash by dotted path."""
        return {**self.replaces, **self.reads}

    def changed_sources(self) -> dict[str, str]:
        """Return the dotted paths whose installed source differs, with its hash. Call it before the installation."""
        found = {path: source_hash(path) for path in self.sources}
        return {path: digest for path, digest in found.items() if digest != self.sources[path]}


def source_hash(path: str) -> str:
    """Return the start of the SHA-256 of the source of a module, class, function or property; '' where there is none."""
    try:
        thing = resolve_name(path)
        source = inspect.getsource(getattr(thing, "fget", thing))
    except (ImportError, AttributeError, OSError, TypeError):
        return ""
    return hashlib.sha256(source.encode()).hexdigest()[:_DIGITS]
