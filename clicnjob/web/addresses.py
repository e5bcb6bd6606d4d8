"""Classifies every path: open to all, only for a signed-in browser, a page of the app, or unknown."""

from __future__ import annotations

from enum import Enum

from clicnjob import web

_OPEN = (
    "/connexion",
    "/connexion/code-secret",
    "/connexion/essai",
    "/rejoindre",
    "/tour",
    "/reprendre-ma-place",
    "/connexion/pro",
    "/connexion/pro/code",
    "/connexion/pro/double",
    "/connexion/oidc",
    "/connexion/oidc/retour",
    "/invitation",
    "/compte/mot-de-passe",
    "/compte/double",
    "/c-est-moi",
    "/present",
    "/signal",
    "/sortie",
    "/sortie/oublier",
    "/sortie/emporter",
    "/sortie/carte",
    "/sante",
    "/sante/pret",
    "/favicon.ico",
    "/_stcore/health",
    "/_stcore/host-config",
)
_OPEN_FOLDERS = ("/static/", "/statique/", "/telephone/", "/ecran/", "/calendrier/")
STREAM = "/_stcore/stream"  # the only address of a WebSocket
_PRIVATE = (STREAM,)
_PRIVATE_FOLDERS = (
    "/document/",
    "/tableau/",
    "/video/",
    "/lecon-video/",
    "/media/",
    "/_stcore/upload_file/",
    "/_stcore/bidi-components/",
    "/component/",
)


class AddressKind(Enum):
    """How the gate treats a path."""

    OPEN = "open"
    PRIVATE = "private"
    PAGE = "page"
    NOTHING = "nothing"


def address_kind(path: str) -> AddressKind:
    """Classify a path. What is not listed does not exist: Streamlit's metrics, its agent API, any route it may add."""
    if path in _OPEN or path.startswith(_OPEN_FOLDERS):
        return AddressKind.OPEN
    if path in _PRIVATE or path.startswith(_PRIVATE_FOLDERS):
        return AddressKind.PRIVATE
    return AddressKind.PAGE if path == "/" or path in web.PAGE_ADDRESSES else AddressKind.NOTHING


def loggable_address(path: str) -> str:
    """Return a path as it may be logged: without tokens or file names, and « … » for one that is not ours."""
    for folder in (*_OPEN_FOLDERS, *_PRIVATE_FOLDERS):
        if path.startswith(folder):
            return f"{folder}…"
    return path if address_kind(path) is not AddressKind.NOTHING else "…"


def return_path(wanted: str) -> str:
    """Return where to go after sign-in: `wanted` if it is a page of the app, else « / ».

    This rules out open redirects and personal data in a query string.
    """
    return wanted if wanted in web.PAGE_ADDRESSES else "/"
