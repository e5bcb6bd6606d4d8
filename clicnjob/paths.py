"""The paths of the folders shipped with the package, in a clone and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BUNDLE = PACKAGE / "_bundle"
ROOT = _BUNDLE if (_BUNDLE / "pages").is_dir() else PACKAGE.parent
PAGES = ROOT / "pages"
TEMPLATES = ROOT / "cv_templates"
DATA = ROOT / "data"
STATIC = PACKAGE / "static"
