"""The HTML page that loads Streamlit, rewritten in French with our title, theme, style sheets and scripts."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from clicnjob.paths import PACKAGE
from clicnjob.web import models_sheet
from clicnjob.web.addresses import AddressKind, address_kind
from clicnjob.web.middleware.assets import STREAMLIT, own_address

CONFIG = PACKAGE / "ui" / ".streamlit" / "config.toml"
# Without it, Streamlit first looks for its server under the path of each page, in vain.
_HOME = 'window.__streamlit.BACKEND_BASE_URL = location.origin + "/"'
# Streamlit writes the parts of a date, and the months, in the browser's language: « dd/mm/yyyy » where that is English.
_FRENCH = (
    'for (const [name, value] of [["language", "fr-FR"], ["languages", ["fr-FR"]]]) '
    "Object.defineProperty(navigator, name, { value, configurable: true })"
)
_THEME = ("primaryColor", "backgroundColor", "secondaryBackgroundColor", "textColor", "headingFont")
_LOADED = re.compile(r'<(?:script type="module"|link rel="modulepreload")[^>]*?(?:src|href)="\./(static/[^"]+)"')
_FONT = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>', re.DOTALL)
_AGENT = re.compile(r'<!--(?:(?!-->).)*agent API.*?-->\s*<link rel="service-desc"[^>]*/>', re.DOTALL)
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*/>')
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_LICENCE = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
# Streamlit's script chunks that nearly every page needs, beyond those that index.html names.
_PARTS = (
    "Button", "ButtonGroup", "Checkbox", "Html", "LinkButton", "PageLink", "Radio", "Selectbox", "TextArea",
    "TextInput", "WidgetLabel", "InputInstructions", "Tooltip", "Toast", "Progress", "BidiComponent",
)  # fmt: skip


@cache
def shell_page() -> str:
    """Return the page, derived from the installed Streamlit's index.html, with absolute addresses."""
    html = _LICENCE.sub("", (STREAMLIT / "index.html").read_text(encoding="utf-8"))
    for pattern, instead in (
        (_FONT, ""),
        (_AGENT, ""),
        (_ICON, f'<link rel="icon" type="image/svg+xml" href="{own_address("favicon.svg")}">'),
        (_NO_SCRIPT, '<noscript><p lang="fr">Cette page a besoin de JavaScript.</p></noscript>'),
    ):
        html = pattern.sub(instead, html)
    html = html.replace('<html lang="en">', '<html lang="fr" translate="no">')
    html = html.replace("<title>Streamlit</title>", "<title>ClicNJob</title>")
    return html.replace('"./static/', '"/static/').replace("<title>", f"{_our_head()}<title>", 1)


def _our_head() -> str:
    """Return our tags, placed before Streamlit's scripts so that its default theme and fonts never flash."""
    return (
        f'<link rel="stylesheet" href="{own_address("tokens.css")}">'
        f'<link rel="stylesheet" href="{own_address("clicnjob.css")}">'
        f'<link rel="stylesheet" href="{own_address("pages.css")}">'
        f'<link rel="stylesheet" href="{own_address("interview.css")}">'
        f'<link rel="stylesheet" href="{own_address("lessons.css")}">'
        f'<link rel="stylesheet" href="{own_address("sending.css")}">'
        f'<link rel="stylesheet" href="{own_address("mailbox.css")}">'
        f'<link rel="stylesheet" href="{own_address(models_sheet.NAME)}">'
        f"<script>window.__streamlit = {json.dumps(_first_theme())}; {_HOME}; {_FRENCH}</script>"
        f'<script src="{own_address("shell.js")}" defer></script>'
        f'<script src="{own_address("keeping.js")}" defer></script>'
        f'<script src="{own_address("pasting.js")}" defer></script>'
    )


def _first_theme() -> dict[str, dict[str, str]]:
    chosen = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    theme = {name: chosen[name] for name in _THEME} | {"bodyFont": chosen["font"]}
    return {"LIGHT_THEME": theme, "DARK_THEME": theme}


@cache
def preloaded_scripts() -> tuple[str, ...]:
    """Return the scripts that the sign-in page preloads while the person types, so that the app opens at once."""
    entry = _LOADED.findall((STREAMLIT / "index.html").read_text(encoding="utf-8"))
    parts = [_script_part(STREAMLIT / "static" / "js", name) for name in _PARTS]
    return tuple(f"/{path}" for path in dict.fromkeys([*entry, *filter(None, parts)]))


def _script_part(folder: Path, name: str) -> str:
    found = sorted(folder.glob(f"{name}.*.js"))
    return f"static/js/{found[0].name}" if found else ""


class Shell:
    """ASGI middleware that answers every page of the app with the shell; the rest goes to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a page, or pass the request on."""
        if scope["type"] == "http" and address_kind(scope["path"]) is AddressKind.PAGE:
            await HTMLResponse(shell_page())(scope, receive, send)
        else:
            await self.app(scope, receive, send)
