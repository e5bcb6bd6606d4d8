"""What the code imports is installed on a server (`make install-prod`), and what is installed there is used."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from clicnjob.paths import ROOT
from tests.spared import SPARED

# Nothing imports these by name, yet the code needs them: each with who loads it.
LOADED_BY_OTHERS = {
    "psycopg": "SQLAlchemy, for the addresses that begin with postgresql+psycopg.",
    "websockets": "uvicorn, for the protocol of the pages.",
}


@pytest.mark.long
def test_what_the_code_imports_is_installed_without_the_development_tools() -> None:
    there = _with_all_that_they_need(_requirements())
    lost = {name: owners for name, owners in _imported().items() if not owners & there}
    assert not lost, "declare it under [project] dependencies, or the server will not start after `make install-prod`"


def test_every_package_of_the_server_is_used() -> None:
    used = set().union(*_imported().values()) | LOADED_BY_OTHERS.keys()
    assert not sorted(_declared() - used), "remove it from [project] dependencies, or say who loads it"


def test_no_test_uses_what_a_server_is_spared() -> None:
    assert SPARED and not [name for name in SPARED if sys.modules.get(name)], "tests/conftest.py takes them away"


def _requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def _declared() -> set[str]:
    return {_normal(required.name) for required in _requirements()}


@cache
def _imported() -> dict[str, set[str]]:
    """Return each foreign module that clicnjob/ or pages/ imports, with the packages that may have brought it."""
    names = set()
    for path in (*(ROOT / "clicnjob").rglob("*.py"), *(ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(str(node.module).partition(".")[0])
    owners = metadata.packages_distributions()
    foreign = names - sys.stdlib_module_names - {"clicnjob"}
    return {name: {_normal(owner) for owner in owners.get(name, [])} for name in foreign}


def _with_all_that_they_need(required: list[Requirement]) -> set[str]:
    """Return the names of these packages, of those that they need, and so on, on this system."""
    seen: set[tuple[str, str]] = set()
    waiting = [(_normal(one.name), extra) for one in required for extra in ("", *one.extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for needed in map(Requirement, metadata.requires(name) or []):
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                waiting += [(_normal(needed.name), one) for one in ("", *needed.extras)]
    return {name for name, _extra in seen}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
