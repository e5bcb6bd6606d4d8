"""The patches of Streamlit fit the installed versions, are left out when they do not, and the app works without them."""

from __future__ import annotations

import ast
import io
import json
import logging
import socket
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from clicnjob.config import Settings
from clicnjob.paths import ROOT
from clicnjob.web import logs
from clicnjob.web.streamlit_patches import install as installation
from clicnjob.web.streamlit_patches.install import PATCHES, UnknownStreamlit, install
from clicnjob.web.streamlit_patches.patch import Patch, source_hash
from tests.forked import run_program

OWN_SOURCE = f"{__name__}.replaced_by_tests"
PATCH_FOLDER = ROOT / "clicnjob" / "web" / "streamlit_patches"
PRIVATE = ("streamlit.runtime", "streamlit.web", "streamlit.proto", "streamlit.elements", "streamlit.delta_generator",
           "streamlit.components.v2", "streamlit.logger", "uvicorn.protocols")  # fmt: skip
ALLOWED = {
    ("clicnjob/ui/shell/script_run.py", "streamlit.runtime.scriptrunner"): "the one reader of the context of a run",
    (
        "clicnjob/ui/shell/uploads.py",
        "streamlit.runtime.uploaded_file_manager",
    ): "the type that st.file_uploader returns",
}
# In a process of its own, because other tests install the patches, and what is installed is not Streamlit's source.
CHANGED = """
from clicnjob.web.streamlit_patches.install import PATCHES
for patch in PATCHES:
    for path, digest in patch.changed_sources().items():
        print(f"{patch.name}: {path} is now {digest or 'gone'}, not {patch.sources[path]}")
"""
# Signs in and opens two pages, in a process where nothing else has installed a patch.
TWO_PAGES = """
import os, tempfile
tempfile.tempdir = os.getcwd()
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from clicnjob.web import COOKIE
from clicnjob.web.streamlit_patches import install
from tests.sign_in_pages import served
from tests.tabs import tab

plain = ScriptRunner.start
browser = served()
browser.post("/connexion/essai")
with tab(browser, browser.cookies[COOKIE]) as mine:
    first, second = mine.visit(), mine.visit("mes-cv")
assert ScriptRunner.start is plain and install._INSTALLED == {p.name for p in install.PATCHES if p.protects}
print(mine.errors, mine.session_id != "", b"Mon CV en 10 minutes" in first, len(second) > 5_000)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def replaced_by_tests() -> None:
    """Stands for a function of Streamlit."""


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    written = io.StringIO()
    writing = logging.StreamHandler(written)
    writing.setFormatter(logs.JsonLineFormatter())
    monkeypatch.setattr(logging.root, "handlers", [writing])
    return written


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the tests' own patches installed."""
    monkeypatch.setattr(installation, "_INSTALLED", set())
    return []


def patch_of_tests(installed: list[str], **named: object) -> Patch:
    right = Patch(
        name="essai",
        why="The tests replace their own function.",
        level="safe",
        install=lambda: installed.append("essai"),
        replaces={OWN_SOURCE: source_hash(OWN_SOURCE)},
    )
    return replace(right, **named)  # type: ignore[arg-type]


CHANGED_SOURCE = {OWN_SOURCE: "0" * 16}
GONE_SOURCE = {"streamlit.runtime.no_such_module.nothing": "0" * 16}


@pytest.mark.slow
def test_every_patch_is_written_for_the_installed_source(tmp_path: Path) -> None:
    ended = run_program(CHANGED, folder=tmp_path, settings={})
    told = ended.out + ended.err
    assert not told, f"Read what changed, adapt the patches, then write these hashes:\n{told}"


def test_every_patch_says_what_it_is() -> None:
    modules = {path.stem for path in PATCH_FOLDER.glob("*.py")} - {"__init__", "install", "patch"}
    assert sorted(patch.name for patch in PATCHES) == sorted(modules)
    for patch in PATCHES:
        assert patch.sources and patch.why.endswith(".") and "\n" not in patch.why
        assert bool(patch.install) == bool(patch.replaces), f"{patch.name} replaces nothing that it installs"


def test_a_level_installs_the_lower_ones_once(installed: list[str]) -> None:
    levels = [patch_of_tests(installed, name=level, level=level, install=None) for level in ("none", "safe", "all")]
    for level, expected in (("none", {"none"}), ("safe", {"none", "safe"}), ("all", {"none", "safe", "all"})):
        installation._INSTALLED.clear()
        install(level, patches=levels)  # type: ignore[arg-type]
        assert expected == installation._INSTALLED
    mine = patch_of_tests(installed)
    install("safe", patches=[mine])
    install("safe", patches=[mine])
    assert installed == ["essai"]


@pytest.mark.parametrize("sources", [CHANGED_SOURCE, GONE_SOURCE], ids=["changed", "gone"])
def test_a_changed_source_leaves_streamlits_own_and_is_logged(
    installed: list[str], log: io.StringIO, sources: dict[str, str]
) -> None:
    install("all", patches=[patch_of_tests(installed, replaces=sources)])
    [line] = [json.loads(line) for line in log.getvalue().splitlines()]
    assert not installed and (line["said"], line["patch"]) == ("a patch does not fit the installed source", "essai")


def test_a_changed_source_below_what_protects_people_refuses_to_start(installed: list[str]) -> None:
    sound = patch_of_tests(installed)
    unsafe = patch_of_tests(installed, name="voix", level="none", reads=CHANGED_SOURCE)
    with pytest.raises(UnknownStreamlit) as refused:
        install("none", patches=[sound, unsafe])
    assert "voix" in refused.value.sentence and "uv.lock" in refused.value.sentence and not installed


@pytest.mark.slow
def test_the_command_line_ends_with_that_sentence(tmp_path: Path) -> None:
    script = """
        import sys
        from dataclasses import replace
        from clicnjob import __main__, server
        from clicnjob.web.streamlit_patches import install
        unsafe = replace(install.PATCHES[0], reads=dict.fromkeys(install.PATCHES[0].reads, "0"))
        server.install = lambda level: install.install(level, patches=[unsafe])
        sys.argv = ["clicnjob", "run"]
        __main__.main()
    """
    settings = {
        "CLICNJOB_HOME": str(tmp_path),
        "CLICNJOB_PORT": str(free_port()),
        "CLICNJOB_PEPPER": "poivre des essais",
    }
    ended = run_program(textwrap.dedent(script), folder=tmp_path, settings=settings)
    [told] = ended.err.splitlines()
    assert ended.status == 2 and told.startswith("ClicNJob ne démarre pas") and "session_ownership" in told


@pytest.mark.slow
def test_the_app_works_without_any_patch_that_is_for_speed(tmp_path: Path) -> None:
    settings = {"CLICNJOB_STREAMLIT_PATCHES": "none", "CLICNJOB_PEPPER": "poivre des essais"}
    ended = run_program(TWO_PAGES, folder=tmp_path, settings=settings)
    assert ended.out == "0 True True True\n", ended.out + ended.err


def test_the_levels_are_documented_for_who_installs() -> None:
    [line] = [
        line
        for line in (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `CLICNJOB_STREAMLIT_PATCHES` | `all` |")
    ]
    assert Settings.model_fields["streamlit_patches"].default == "all"
    assert all(f"`{level}`" in line for level in ("all", "safe", "none"))


def test_the_table_of_the_architecture_lists_every_patch() -> None:
    written = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert not [patch.name for patch in PATCHES if f"| `{patch.name}` |" not in written]


def test_private_parts_are_imported_by_patches_only() -> None:
    offenders = []
    for path in sorted([*(ROOT / "clicnjob").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]):
        file = str(path.relative_to(ROOT))
        if path.parent != PATCH_FOLDER:
            offenders += [
                f"{file}: {name}" for name in _imports(path) if _is_private(name) and (file, name) not in ALLOWED
            ]
    assert not offenders


def _imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module in ("streamlit", "uvicorn"):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


def _is_private(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in PRIVATE)
