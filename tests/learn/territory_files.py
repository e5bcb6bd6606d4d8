"""Invented files in the shape of data·inclusion v1, as large as a test needs."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

THEMES = (
    "mobilite--preparer-un-permis",
    "numerique--maitriser-les-fondamentaux-du-numerique",
    "famille--garde-denfants",
    "logement-hebergement--louer-un-logement",
    "remobilisation--lien-social",
)
TOWNS = (("Bellerive-sur-Orne", "61900", "61901"), ("Saint-Aubin", "61910", "61911"), ("Valmoreau", "61920", "61921"))


def structure(number: int, **changed: Any) -> dict[str, Any]:
    """One invented structure."""
    town, postcode, insee = TOWNS[number % 3]
    given = {
        "source": "essai",
        "id": f"essai--s{number}",
        "nom": f"Maison des possibles {number}",
        "description": "Un lieu inventé pour les essais, où l’on accueille les jeunes du territoire.",
        "date_maj": "2026-10-02",
        "commune": town,
        "code_postal": postcode,
        "code_insee": insee,
        "adresse": f"{number} rue du Moulin",
        "telephone": "+33123456789",
        "horaires_accueil": "Mo-Fr 09:00-17:00",
        "reseaux_porteurs": ["mission-locale"],
    }
    return given | changed


def service(number: int, **changed: Any) -> dict[str, Any]:
    """One invented service of a structure."""
    town, postcode, insee = TOWNS[number % 3]
    given = {
        "source": "essai",
        "id": f"essai--v{number}",
        "structure_id": f"essai--s{number % 2000}",
        "nom": f"Coup de main pour avancer {number}",
        "description": "Un service inventé pour les essais, avec assez de mots pour ressembler à un vrai service. " * 4,
        "date_maj": "2026-09-14",
        "thematiques": [THEMES[number % 5], THEMES[(number + 2) % 5]],
        "frais": "gratuit",
        "commune": town,
        "code_postal": postcode,
        "code_insee": insee,
        "adresse": f"{number} place de l’Église",
        "telephone": "01 23 45 67 89",
        "modes_accueil": ["en-presentiel"],
        "zone_eligibilite": [insee],
        "mobilisable_par": ["usagers", "professionnels"] if number % 2 else ["professionnels"],
        "lien_mobilisation": "https://www.exemple.fr/service",
        "horaires_accueil": "",
    }
    return given | changed


def write_json(path: Path, *records: dict[str, Any], key: str = "") -> Path:
    """Write records as one list, or as the list of a key."""
    whole: Any = {"version": 1, key: list(records)} if key else list(records)
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def write_csv(path: Path, *records: dict[str, Any]) -> Path:
    """Write records as data·inclusion does: lists are JSON texts."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(records[0]))
        table.writeheader()
        for one in records:
            table.writerow(
                {
                    name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
                    for name, value in one.items()
                }
            )
    return path
