"""CSS, JavaScript and colours lie in files of their own, once, and are packed with the program."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from clicnjob.paths import PACKAGE, PAGES, ROOT, STATIC
from clicnjob.web.middleware.shell_script import shell_script

_WEB_CODE = re.compile(
    r"<(?:style|script)\b"
    r"|\bfunction\s*\w*\s*\("
    r"|=>\s*[{(]|\b(?:const|let|var)\s+\w+\s*="
    r"|[\w\])]\s*\{\s*[a-z-]+\s*:",
)
_WRITTEN_IN_PYTHON = {
    "clicnjob/web/middleware/shell.py": "tags with the addresses of our files, and the theme read from config.toml",
    "clicnjob/web/middleware/headers.py": "the pattern of an inline script, whose hash goes into the policy",
    "clicnjob/web/models_sheet.py": "a style sheet made from the CV models",
}


def _strings(path: Path) -> list[ast.Constant]:
    """The texts of a module that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return [node for node in texts if isinstance(node.value, str)]


def test_no_css_and_no_javascript_in_python() -> None:
    read = [path for folder in (PACKAGE / "ui", PACKAGE / "web", PAGES) for path in sorted(folder.rglob("*.py"))]
    found = {
        (path.relative_to(ROOT).as_posix(), text.lineno)
        for path in read
        for text in _strings(path)
        if _WEB_CODE.search(str(text.value))
    }
    offenders = sorted(f"{name}:{line}" for name, line in found if name not in _WRITTEN_IN_PYTHON)
    assert not offenders, "\n".join(offenders)
    assert {name for name, _ in found} == set(_WRITTEN_IN_PYTHON), "an exception that is none any more"


def test_the_script_of_the_pages_holds_every_part_of_its_folder() -> None:
    script = shell_script()
    missing = [part.name for part in (STATIC / "shell").iterdir() if part.read_text(encoding="utf-8") not in script]
    assert not missing, f"parts that clicnjob/web/middleware/shell_script.py does not name: {missing}"
