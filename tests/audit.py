"""`make audit`: the known faults of what a server installs, and clearly said when nobody could be asked."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

FOUND, UNKNOWN = 1, 2  # exit status


def verdict(said: dict[str, Any]) -> tuple[int, list[str]]:
    """Return the exit status and the lines for what pip-audit answered as JSON."""
    packages = said["dependencies"]
    faults = [(one["name"], one["version"], fault) for one in packages for fault in one.get("vulns", ())]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    lines = [
        f"{name} {version} : {fault['id']}, corrigé dans {', '.join(fault['fix_versions']) or 'aucune version'}"
        for name, version, fault in faults
    ]
    if unknown:
        which = "tous" if len(unknown) == len(packages) else ", ".join(unknown)
        lines.append(f"Aucune donnée pour {len(unknown)} paquets sur {len(packages)} ({which}) : rien n’est dit d’eux.")
    else:
        lines.append(f"{len(packages)} paquets regardés, {len(faults)} failles connues.")
    return (FOUND if faults else UNKNOWN if unknown else 0), lines


def main() -> int:
    """Ask about the requirements file named on the command line."""
    command = ["uv", "tool", "run", "--quiet", "pip-audit", "--progress-spinner", "off", "--disable-pip", "--no-deps"]
    asked = [sys.executable, "-m", *command, "-f", "json", "-r", sys.argv[1]]
    done = subprocess.run(asked, capture_output=True, text=True)
    try:
        status, lines = verdict(json.loads(done.stdout))
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["pip-audit n’a rien répondu"])[-1]
        status, lines = (
            UNKNOWN,
            [
                f"Aucune donnée : personne n’a pu être interrogé ({last}). Demandez depuis une machine reliée à internet."
            ],
        )
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
