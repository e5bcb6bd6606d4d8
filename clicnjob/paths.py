"""Where the folders that travel with the package lie: the same from a clone and from a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BUNDLE = PACKAGE / "_bundle"
ROOT = _BUNDLE if (_BUNDLE / "pages").is_dir() else PACKAGE.parent
PAGES = ROOT / "pages"
TEMPLATES = ROOT / "cv_templates"
DATA = ROOT / "data"
STATIC = PACKAGE / "static"
