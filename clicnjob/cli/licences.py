"""`python -m clicnjob.cli.licences`: the licences of what a server installs, those that ask something of us named first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

import typer
from packaging.requirements import Requirement
from rich.console import Console
from rich.table import Table

# Copyleft of a file or a library: to be named, with its source, where ClicNJob is given to others.
_NAMED = re.compile(r"\b(A?GPL|LGPL|MPL|EPL|CDDL|EUPL)\b|GNU|Mozilla", re.IGNORECASE)
_UNKNOWN = "?"
_LONGEST = 60  # some packages have the whole text in this field


def installed_packages(root: str = "clicnjob") -> dict[str, str]:
    """Return each package that `root` needs on this system, with its version."""
    seen: dict[str, str] = {}
    waiting = [(root, "")]
    done: set[tuple[str, str]] = set()
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in done:
            continue
        done.add((name, extra))
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # spared on a server (Makefile)
            continue
        seen[_plain_name(name)] = found.version
        waiting += list(_needed_packages(found, extra))
    seen.pop(root, None)
    return dict(sorted(seen.items()))


def package_licence(name: str) -> str:
    """Return what the package says of its licence, « ? » when it says nothing."""
    about = metadata.metadata(name)
    expressions, texts = about.get_all("License-Expression") or [], about.get_all("License") or []
    classes = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    said = "".join(expressions) or " / ".join(classes) or "".join(texts).strip().partition("\n")[0]
    return said.strip()[:_LONGEST] or _UNKNOWN


def must_be_named(licence: str) -> bool:
    """Return whether a licence asks that the package be named with its source, or is unknown."""
    return licence == _UNKNOWN or bool(_NAMED.search(licence))


def print_licences() -> None:
    """Print the table, the packages to be named first."""
    found = [(name, version, package_licence(name)) for name, version in installed_packages().items()]
    shown = Table("Paquet", "Version", "Licence", "À nommer")
    for name, version, licence in sorted(found, key=lambda one: not must_be_named(one[2])):
        shown.add_row(name, version, licence, "oui" if must_be_named(licence) else "")
    Console().print(shown)
    typer.echo(f"{len(found)} paquets, dont {sum(must_be_named(one[2]) for one in found)} à nommer avec leur source.")


def _needed_packages(found: metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    for needed in map(Requirement, found.requires or ()):
        if needed.marker is None or needed.marker.evaluate({"extra": extra}):
            yield from ((_plain_name(needed.name), one) for one in ("", *needed.extras))


def _plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    print_licences()
