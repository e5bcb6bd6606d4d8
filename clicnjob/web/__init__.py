"""What the browser meets before Streamlit: sign-in, leaving, documents, files, headers, and the gate."""

from __future__ import annotations

from clicnjob.config import COOKIE

__all__ = ["COOKIE", "PAGE_ADDRESSES"]

PAGE_ADDRESSES: set[str] = set()  # the addresses of the app's pages (« /mes-cv »), filled by server.py
