"""A small folder data/interview, whole and right, for the tests that break it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from clicnjob.interview.bank import FAMILIES, THEMES
from clicnjob.interview.calls import Call, walk_call
from clicnjob.interview.words import SOURCES


def written(folder: Path) -> Path:
    """Write the sample under `folder`."""
    for theme in THEMES:
        _put(
            folder / "questions" / f"{theme}.yaml",
            {"theme": theme, **_titled(theme), "questions": _questions(theme, 3)},
        )
    for letter in FAMILIES:
        body = {
            "famille": letter,
            **_titled(f"Famille {letter}"),
            "questions": _questions(f"famille-{letter.lower()}", 5),
        }
        _put(folder / "questions" / "familles" / f"{letter.lower()}.yaml", body)
    _put(folder / "telephone" / "etre-rappele.yaml", call())
    for name, body in _others().items():
        _put(folder / f"{name}.yaml", body)
    return folder


def call() -> dict[str, Any]:
    """A call of two steps and two endings."""
    return {
        "cle": "etre-rappele",
        "titre": "Être rappelé",
        "icone": "📞",
        "but": "Répondre quand on te rappelle.",
        "avant": ["Prends un stylo.", "Va au calme.", "Respire."],
        "depart": "bonjour",
        "etapes": [
            {
                "cle": "bonjour",
                "eux": "« Allô, c’est le magasin ! »",
                "choix": [
                    {
                        "dire": "Bonjour, merci de rappeler.",
                        "suite": "quand",
                        "bien": True,
                        "retour": "Ça met en confiance.",
                    },
                    {
                        "dire": "Ouais, c’est qui ?",
                        "suite": "fin-autre",
                        "bien": False,
                        "retour": "La personne hésite.",
                    },
                ],
            },
            {
                "cle": "quand",
                "eux": "« Vous êtes libre mardi ? »",
                "choix": [
                    {"dire": "Oui, à quelle heure ?", "suite": "fin-bien", "bien": True, "retour": "C’est clair."},
                    {"dire": "Je sais pas.", "suite": "fin-autre", "bien": False, "retour": "La personne attend."},
                ],
            },
        ],
        "fins": {"fin-bien": "Tu as un rendez-vous.", "fin-autre": "Tu peux rappeler demain."},
    }


def _titled(title: str) -> dict[str, str]:
    return {"titre": title.capitalize(), "icone": "💡"}


def _questions(name: str, count: int) -> list[dict[str, Any]]:
    return [
        {
            "cle": f"{name}-{number}",
            "question": f"Question {number} sur {name} ?",
            "pourquoi": "On veut te connaître.",
            "temps": ["Dis une chose.", "Donne un exemple.", "Finis avec le métier."],
            "exemple": "J’ai aidé mon oncle au marché. J’ai servi les clients.",
            "piege": "Ne récite pas.",
            "niveau": number % 3 + 1,
        }
        for number in range(1, count + 1)
    ]


def _others() -> dict[str, Any]:
    lines = [{"cle": f"ligne-{n}", "texte": f"Est-ce que je peux visiter {n} ?"} for n in range(1, 7)]
    role = {"titre": "L’employeur", "icone": "🧑", "carte": ["Souris.", "Pose trois questions.", "Écoute."]}
    return {
        "jour-j": {
            "papiers": [{"cle": f"papier-{n}", "texte": f"Le papier {n}"} for n in range(1, 5)],
            "tenues": {key: ["Des habits propres."] for key in (*FAMILIES, "defaut")},
            "questions_a_poser": lines,
            "matin": ["Déjeune.", "Pars en avance."],
            "retard": {"phrase": "Bonjour, j’aurai dix minutes de retard.", "gestes": ["Appelle."]},
        },
        "merci": {
            "objet": ["Merci", "Notre rendez-vous"],
            "debut": ["Bonjour,", "Bonjour Madame,"],
            "rappel": ["Merci pour votre accueil.", "Le poste me plaît."],
            "fin": ["À bientôt.", "Bonne journée."],
            "apprises": [{"cle": f"appris-{n}", "texte": f"J’ai appris {n}."} for n in range(1, 6)],
        },
        "essais": {
            "coches": {
                "exemple": {"texte": "J’ai donné un exemple", "plus_tard": "Raconte un moment vrai."},
                "moi": {"texte": "J’ai dit ce que j’ai fait, moi", "plus_tard": "Commence par « j’ai »."},
                "question": {"texte": "J’ai répondu à la question", "plus_tard": "Répète la question dans ta tête."},
            },
            "fins": ["C’est fait.", "Tu avances.", "Chaque essai compte."],
            "minuteur": {5: 3, 10: 6, 20: 10},
        },
        "depuis-le-cv": {
            source: [
                {"cle": f"{source.replace('_', '-')}-fier", "question": "Raconte une chose.", "debut": "Un jour, j’ai"}
            ]
            for source in SOURCES
        }
        | {
            "stage": [
                {
                    "cle": "stage-fier",
                    "question": "Racontez votre stage de {titre} chez {lieu}.",
                    "debut": "Chez {lieu}, j’ai",
                },
                {"cle": "stage-nu", "question": "Racontez votre stage de {titre}.", "debut": "J’ai", "sans_lieu": True},
            ]
        },
        "pitch": [
            {"cle": key, "question": "Qui es-tu ?", "debuts": ["Je cherche un poste de {metier}", "Je suis disponible"]}
            for key in ("qui", "fait", "sais", "veux", "dispo")
        ],
        "trio": {
            "roles": {"employeur": role, "candidat": role, "observateur": role},
            "minutes": 4,
            "grille": ["Un exemple", "Sa part", "La question"],
            "consignes": ["Tournez."],
        },
        "exemples": {letter: {"parlez-moi-de-vous": "Je m’appelle Lina."} for letter in FAMILIES},
    }


def _put(file: Path, body: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(body, allow_unicode=True, sort_keys=False), encoding="utf-8")


def good_way(call: Call) -> tuple[int, ...]:
    """The helpful choices from the first step to an ending."""
    chosen: list[int] = []
    while (step := walk_call(call, chosen).step) and len(chosen) < len(call.etapes):
        chosen.append(next((n for n, one in enumerate(step.choix) if one.bien), 0))
    return tuple(chosen)
