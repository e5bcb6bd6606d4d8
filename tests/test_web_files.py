"""CSS, JavaScript and colours lie in files of their own, once, and are packed with the program."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from clicnjob.colours import house_colours
from clicnjob.paths import PACKAGE, PAGES, ROOT, STATIC
from clicnjob.web.middleware.shell import CONFIG
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


# --- colours

_COLOUR = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\(", re.IGNORECASE)
_TOKENS = STATIC / "tokens.css"
_COLOURS_WRITTEN = {
    "clicnjob/static/tokens.css": "the place of the colours",
    "clicnjob/ui/.streamlit/config.toml": "Streamlit reads no variables: compared below",
    "clicnjob/static/favicon.svg": "a picture reads no variables of the page: compared below",
    "clicnjob/static/logo.svg": "a picture reads no variables of the page: compared below",
    "clicnjob/cv/document/preview.py": "paper and ink of a CV, which belong to its models",
    "clicnjob/cv/document/templates.py": "the paper of a CV, against which the models' colours must be readable",
}
_THEME = {
    "primaryColor": "teal", "backgroundColor": "paper", "secondaryBackgroundColor": "sand", "textColor": "ink",
    "linkColor": "teal", "borderColor": "edge", "redColor": "red", "orangeColor": "orange", "yellowColor": "sun",
    "greenColor": "teal", "blueColor": "blue", "grayColor": "grey",
}  # fmt: skip


def _web_files() -> list[Path]:
    kinds = {".py", ".css", ".js", ".html", ".toml", ".svg"}
    return [path for folder in (PACKAGE, PAGES) for path in sorted(folder.rglob("*")) if path.suffix in kinds]


def test_a_colour_is_written_in_the_tokens_alone() -> None:
    written = {
        path.relative_to(ROOT).as_posix() for path in _web_files() if _COLOUR.search(path.read_text(encoding="utf-8"))
    }
    assert written == set(_COLOURS_WRITTEN), "use var(--cj-…), in Python house_colours()"


def test_every_token_exists_and_is_used() -> None:
    declared = set(re.findall(r"(--cj-[a-z-]+):", _TOKENS.read_text(encoding="utf-8")))
    used = {
        name for path in _web_files() for name in re.findall(r"var\((--cj-[a-z-]+)", path.read_text(encoding="utf-8"))
    }
    of_theme = {f"--cj-{name}" for name in _THEME.values()}
    assert used <= declared and declared - used <= of_theme, (used - declared, declared - used - of_theme)
    assert len(set(house_colours().values())) == len(house_colours()), "two names for one colour"


def test_the_theme_of_streamlit_and_the_pictures_have_the_colours_of_the_tokens() -> None:
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    said = {name: colour for name, colour in theme.items() if name.endswith("Color")}
    assert said == {name: house_colours()[token] for name, token in _THEME.items()}
    for picture in ("favicon.svg", "logo.svg"):
        colours = re.findall(r"#[0-9A-Fa-f]+", (STATIC / picture).read_text(encoding="utf-8"))
        assert {colour.upper() for colour in colours} <= set(house_colours().values()), picture
