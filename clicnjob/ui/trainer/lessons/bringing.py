"""« Reprendre une leçon »: a file from another structure, shown before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clicnjob.accounts.presence import Present
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import files
from clicnjob.learn.scene import Scene
from clicnjob.models import LearningKind
from clicnjob.ui.trainer.own_content import bringing

Opened = Callable[[LearningKind, str], None]


def draw_bringing(me: Present, *, opened: Opened) -> None:
    """Draw the box for a file, then what it holds or why it cannot be read; `opened` gets what was taken in."""
    bringing.draw_bringing(
        "Reprendre une leçon d’un fichier",
        "Une leçon emportée d’un autre ClicNJob (.yaml ou .json). Rien n’est remplacé\u00a0: elle s’ajoute.",
        "Le fichier de la leçon (60 ko au plus)",
        name="lesson",
        read=partial(files.lesson_of_file, by=me),
        draw=lambda found: _draw_found(*found, opened),
    )


def _draw_found(kind: LearningKind, entry: Lesson | Scene, opened: Opened) -> None:
    if isinstance(entry, Lesson):
        holds = f"{len(entry.ecrans)} écrans, {len(entry.quiz)} questions, {entry.duree_min}\u00a0minutes"
    else:
        holds = f"{len(entry.moments)} moments, {entry.duree_min}\u00a0minutes"
    copied = entry.copie_de
    facts = (
        ("Titre", entry.titre),
        ("Contenu", holds),
        ("Licence", entry.licence),
        ("Auteur", " · ".join(one for one in (entry.auteur.structure, entry.auteur.nom) if one)),
        ("D’après", f"{copied.lecon}, {copied.structure}" if copied else ""),
        ("Sources", " · ".join(one.nom for one in entry.sources)),
        ("Vérifié le", f"{entry.verifie_le:%d/%m/%Y}"),
    )
    bringing.draw_found(
        facts, words="Ajouter à nos leçons", name="lesson", on_take=partial(_take_in, kind, entry, opened)
    )


def _take_in(kind: LearningKind, entry: Lesson | Scene, opened: Opened) -> None:
    told = "C’est ajouté, en brouillon. Relisez, puis publiez."
    if taken := bringing.take_in(files.take_in_lesson, told, kind=kind, entry=entry):
        opened(kind, taken.result)
