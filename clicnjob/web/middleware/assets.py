"""Serves the public files, Streamlit's and ours, compressed once on disk and cached by browsers for a year."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import secrets
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from clicnjob import typeset
from clicnjob.config import current_settings
from clicnjob.paths import STATIC
from clicnjob.web import models_sheet
from clicnjob.web.middleware import shell_script

_FOUND = find_spec("streamlit")
STREAMLIT = Path(str(_FOUND and _FOUND.origin)).parent / "static"
_TEXT = (".js", ".css", ".svg", ".json", ".html", ".txt")
_YEAR = "public, max-age=31536000, immutable"
_SMALL = 1_000  # bytes below which compression gains nothing
_EASY = 100_000  # bytes up to which the best compression is fast enough to run during a request
_SUFFIX = {"br": ".br", "gzip": ".gz"}

_HOMES = (  # the first matching prefix wins
    (f"/statique/{models_sheet.FONTS}", typeset.FONTS),
    ("/statique/", STATIC),
    ("/static/", STREAMLIT / "static"),
)
_MADE = {models_sheet.NAME: models_sheet.models_style_sheet, shell_script.NAME: shell_script.shell_script}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def own_address(name: str) -> str:
    """Return the URL of a file of clicnjob/static, with a hash of its content so that browsers fetch a new version."""
    return f"/statique/{name}?v={_print_of(_made_file(name) if name in _MADE else STATIC / name)}"


@cache
def _made_file(name: str) -> Path:
    """Write a file that is made at run time to disk once, under a hash of its content."""
    content = _MADE[name]().encode()
    file = assets_folder() / f"{hashlib.sha256(content).hexdigest()[:12]}{Path(name).suffix}"
    _write_copy(file, content)
    return file


@cache
def _print_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def assets_folder() -> Path:
    """Return the folder of compressed files; each Streamlit version has its own."""
    return current_settings().home / "static" / f"streamlit-{version('streamlit')}"


def compress_assets(paths: Sequence[str], done: Callable[[int, int], None] = lambda _done, _all: None) -> None:
    """Compress these files of Streamlit once, at the best quality; `done(count, total)` is called after each."""
    for count, path in enumerate(paths, start=1):
        for encoding in _SUFFIX:
            _compressed_copy(STREAMLIT / path.lstrip("/"), encoding, best=True)
        done(count, len(paths))


def _compressed_copy(file: Path, encoding: str, *, best: bool = False) -> Path:
    """Return the compressed copy of a file, creating it at first use, under a hash of its content."""
    kept = assets_folder() / f"{_print_of(file)}{_SUFFIX[encoding]}"
    if not kept.exists():
        _write_copy(kept, _squeezed_bytes(file.read_bytes(), encoding, best=best))
    return kept


def _write_copy(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(file)  # atomic: another process that starts at the same time never reads half a file


def _squeezed_bytes(content: bytes, encoding: str, *, best: bool) -> bytes:
    if encoding == "gzip":
        return gzip.compress(content, 9, mtime=0)
    return bytes(brotli.compress(content, quality=11 if best or len(content) < _EASY else 9))


class Assets:
    """ASGI middleware that serves /static/ (Streamlit's files, whose names contain a hash) and /statique/ (ours)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file, or pass the request on."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(("/static/", "/statique/")):
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(_file_answer, scope)
        await answer(scope, receive, send)


def _file_answer(scope: Scope) -> Response:
    file = _file_of_path(scope["path"])
    if scope["method"] not in ("GET", "HEAD") or file is None:
        return PlainTextResponse("", 404)
    media_type = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "text/plain"
    headers = {"Cache-Control": _YEAR, "Vary": "Accept-Encoding"}
    encoding = _chosen_encoding(file, Headers(scope=scope).get("accept-encoding", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
        file = _compressed_copy(file, encoding)
    return FileResponse(file, headers=headers, media_type=media_type)


def _chosen_encoding(file: Path, accepted: str) -> str:
    offered = {part.split(";")[0].strip() for part in accepted.split(",") if not part.endswith("q=0")}
    worth = file.suffix in _TEXT and file.stat().st_size > _SMALL
    return next((name for name in _SUFFIX if worth and name in offered), "")


def _file_of_path(path: str) -> Path | None:
    """Return the file of a path, or None when it does not exist or lies outside our folders."""
    if (made := path.removeprefix("/statique/")) in _MADE:
        return _made_file(made)
    home, name = next((home, path[len(start) :]) for start, home in _HOMES if path.startswith(start))
    if home == typeset.FONTS and not name.endswith(".woff2"):
        return None
    try:
        file = (home / name).resolve()
        return file if file.is_relative_to(home.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        return None
