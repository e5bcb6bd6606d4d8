"""The licences of what a server installs, and its bill of materials from the lock file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from clicnjob.cli import licences
from clicnjob.paths import ROOT
from tests.for_each import for_each


def test_every_package_says_its_licence_and_the_copyleft_ones_are_named() -> None:
    found = {name: licences.package_licence(name) for name in licences.installed_packages()}
    assert {"streamlit", "starlette", "typst", "prometheus-client"} <= found.keys() and "pytest" not in found
    assert not [name for name, licence in found.items() if licence == "?"]
    named = {name for name, licence in found.items() if licences.must_be_named(licence)}
    assert named >= {"docxtpl", "psycopg", "certifi"} and len(named) < 8, "a new one asks for a decision"


@for_each(
    ("licence", "named"),
    [("LGPL-2.1-only", True), ("Mozilla Public License 2.0 (MPL 2.0)", True), ("?", True), ("MIT", False),
     ("GNU Affero General Public License v3", True), ("Apache-2.0", False), ("BSD License", False)],
)  # fmt: skip
def test_a_licence_is_named_when_it_asks_for_it(licence: str, named: bool) -> None:
    assert licences.must_be_named(licence) is named


@pytest.mark.slow
def test_the_bill_of_materials_has_every_package_of_the_lock_file_that_a_server_needs(tmp_path: Path) -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed on this machine")
    made = tmp_path / "sbom.json"
    words = ("export", "--frozen", "--no-dev", "--no-emit-project", "--format", "cyclonedx1.5", "-o", str(made))
    subprocess.run([uv, *words], cwd=ROOT, check=True, capture_output=True)
    said = json.loads(made.read_text(encoding="utf-8"))
    assert said["bomFormat"] == "CycloneDX"
    listed = {(one["name"], one["version"]) for one in said["components"]}  # of some, a version for each Python
    assert not set(licences.installed_packages().items()) - listed
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert said["metadata"]["component"]["version"] == version
