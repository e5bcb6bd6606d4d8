"""Everything that handles a request before Streamlit: sign-in, sign-out, documents, files, headers, access control."""

from __future__ import annotations

from clicnjob.config import COOKIE

__all__ = ["COOKIE", "PAGE_ADDRESSES"]

PAGE_ADDRESSES: set[str] = set()  # paths of the app's pages (« /mes-cv »), filled by server.py
