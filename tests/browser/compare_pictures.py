"""Compares two folders of pictures of every screen: `python -m tests.browser.compare_pictures BEFORE AFTER`.

A folder is filled by `CLICNJOB_PICTURES=FOLDER make test-screens`, with the tree before a change and with the tree after it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageChops

NOISE = 24  # of 255: anti-aliasing and the caret differ from run to run


def differing_share(before: Path, after: Path) -> float:
    """The share of pixels that differ by more than noise, 0 to 1; 1 when the sizes differ."""
    with Image.open(before) as one, Image.open(after) as other:
        if one.size != other.size:
            return 1.0
        difference = ImageChops.difference(one.convert("L"), other.convert("L"))
        return sum(difference.histogram()[NOISE:]) / (one.width * one.height)


def main(before: Path, after: Path) -> int:
    """Print each screen that differs or is in one folder only, worst first. Returns 1 when there is one."""
    names = {path.name for path in before.glob("*.png")} & {path.name for path in after.glob("*.png")}
    alone = {path.name for folder in (before, after) for path in folder.glob("*.png")} - names
    shares = {name: differing_share(before / name, after / name) for name in names}
    different = sorted((name for name in names if shares[name] > 0), key=lambda name: -shares[name])
    for name in different:
        print(f"{shares[name]:7.2%}  {name}")
    for name in sorted(alone):
        print(f"   alone  {name}")
    print(f"{len(names)} screens compared, {len(different)} differ, {len(alone)} in one folder only")
    return bool(different or alone)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
