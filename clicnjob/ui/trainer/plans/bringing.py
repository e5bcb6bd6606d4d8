"""« Reprendre un plan »: a file from another structure, shown before it is taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clicnjob import db
from clicnjob.accounts.presence import Present
from clicnjob.ui.trainer.own_content import bringing
from clicnjob.ui.trainer.plans import editor
from clicnjob.workshops.plans import files
from clicnjob.workshops.plans.words import Plan

Opened = Callable[[str], None]


def draw_bringing(me: Present, *, opened: Opened) -> None:
    """Draw the box for a file, then what it holds or why it cannot be read; `opened` gets the id of what was taken in."""
    bringing.draw_bringing(
        "Reprendre un plan d’un fichier",
        "Un plan emporté d’un autre ClicNJob (.yaml ou .json). Rien n’est remplacé\u00a0: il s’ajoute.",
        "Le fichier du plan (200 ko au plus)",
        name="plan",
        read=partial(files.plan_of_file, by=me),
        draw=partial(_draw_found, me, opened),
    )


def _draw_found(me: Present, opened: Opened, plan: Plan) -> None:
    steps = "1 étape" if len(plan.etapes) == 1 else f"{len(plan.etapes)} étapes"
    facts = (
        ("Titre", plan.titre),
        ("But", plan.objectif),
        ("Contenu", f"{plan.duree_min} minutes, {steps}, fiches à imprimer\u00a0: {len(plan.kit)}"),
        ("Licence", plan.licence),
        ("Auteur", plan.auteur),
        ("Source", plan.source),
        ("Vérifié le", f"{plan.verifie_le:%d/%m/%Y}"),
    )
    with db.read_transaction() as session:
        editor.draw_lost(files.lost_activities(session, of=me, plan=plan))
    bringing.draw_found(facts, words="Ajouter à nos plans", name="plan", on_take=partial(_take_in, plan, opened))


def _take_in(plan: Plan, opened: Opened) -> None:
    told = "Le plan est ajouté. Relisez-le avant de l’animer."
    if taken := bringing.take_in(files.take_in_plan, told, plan=plan):
        opened(taken.result)
