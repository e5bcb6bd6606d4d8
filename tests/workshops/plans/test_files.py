"""Plans as files: what goes out comes back the same; what is no plan is refused in words, line by line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlmodel import Session

from clicnjob import content, workshop_policy
from clicnjob.learn.own import writing
from clicnjob.models import Account, LearningKind, OwnLesson, OwnPlan
from clicnjob.own_content import changes
from clicnjob.workshops.plans import brought_file, editing, files, library
from clicnjob.workshops.plans.brought_file import BadPlanFile
from clicnjob.workshops.plans.words import Plan
from tests.cohort_people import NOW, place
from tests.for_each import for_each

PLAN = library.shipped_plans()["telephoner"]
WRITTEN = content.dump_yaml([PLAN.model_dump(exclude_defaults=True)])


def shown_lesson(session: Session, by: Account) -> tuple[str, str]:
    """A lesson that the trainer's structure shows to its young people, and its title."""
    made = writing.copy_lesson(session, by=by, kind=LearningKind.LESSON, content_id="joindre-un-fichier", now=NOW)
    writing.publish_lesson(session, by=by, lesson_id=made, base=1, today=date(2026, 11, 30), now=NOW)
    return made, session.get_one(OwnLesson, made).title


def changed(**values: object) -> str:
    return content.dump_yaml({**PLAN.model_dump(exclude_defaults=True), **values})


@for_each("plan_id", library.shipped_plans())
def test_a_plan_that_is_carried_away_comes_back_the_same(session: Session, plan_id: str) -> None:
    here, there = place(session, plan_id), place(session, f"{plan_id} ailleurs")
    made = editing.copy_plan(session, by=here.trainer, plan_id=plan_id, now=NOW)
    step = library.plan_for(session, of=here.trainer, plan_id=made).plan.etapes[0]
    hostile = "<b>gras</b> **fort** : - # « é » \\u0000 & *x\n- id: y"
    editing.set_value(
        session, by=here.trainer, plan_id=made, path=("etapes", step.id, "consigne"), value=hostile,
        shown=[changes.value_fingerprint(step.consigne)], now=NOW,
    )  # fmt: skip
    kept = library.plan_for(session, of=here.trainer, plan_id=made).plan
    file = files.carried_plan(session, of=here.trainer, plan_id=made)
    assert file.name.endswith(".yaml")
    as_json = json.dumps(content.parse_brought(file.body.decode(), levels=20, values=10**6)[0][0], default=str)
    for body in (file.body, as_json.encode()):
        plan = Plan.model_validate_json(brought_file.read_plan(body))
        taken = files.take_in_plan(session, by=there.trainer, plan=plan, now=NOW)
        found = library.plan_for(session, of=there.trainer, plan_id=taken)
        renamed = {"version": 1, "titre": "", "id": ""}
        assert found.plan.model_copy(update=renamed) == kept.model_copy(update=renamed)
        assert (found.plan.licence, found.plan.source, found.version) == (kept.licence, kept.source, 2)


def test_a_file_never_takes_the_place_of_a_plan(session: Session) -> None:
    me = place(session).trainer
    ids = [files.take_in_plan(session, by=me, plan=PLAN, now=NOW) for _ in range(2)]
    assert [library.plan_for(session, of=me, plan_id=one).plan.titre for one in ids] == [
        "Téléphoner (2)",
        "Téléphoner (3)",
    ]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b]\n"
HOSTILE = {
    "a bomb of aliases": (BOMB, "renvois"),
    "an alias to itself": ("a: &a [*a]", "renvois"),
    "a Python object": ("!!python/object/apply:os.system ['true']", "marques"),
    "a tag of our own": ("titre: !!binary aGk=", "marques"),
    "a nest of lists": ("[" * 100_000, "compliqué"),
    "a nest of block lists": ("- " * 50_000 + "x", "listes"),
    "too many values": ("- x\n" * 60_000, "listes"),
    "a nest of objects": ('{"a":' * 50_000, "compliqué"),
    "nothing": ("", "pas un plan"),
    "a number": ("12", "pas un plan"),
    "a word": ("bonjour", "pas un plan"),
    "two documents": (f"---\n{WRITTEN}\n---\n{WRITTEN}", "ne se lit pas"),
    "two plans": (WRITTEN * 2, "2 plans"),
    "a broken YAML": ("titre: [", "ne se lit pas"),
    "a broken JSON": ('{"titre": ', "ne se lit pas"),
    "a JSON with a key twice": ('{"titre": "a", "titre": "b"}', "ne se lit pas"),
    "a YAML with a key twice": ("titre: a\ntitre: b", "écrit deux fois"),
    "a day that does not exist": (WRITTEN.replace("2026-11-30", "2026-02-31"), "ne se lit pas"),
    "an endless number": (changed(version=1).replace("version: 1", f"version: {'9' * 5000}"), "ne se lit pas"),
    "a huge version": (changed(version=10**30), "« version » est trop grand"),
    "a yes for a number": (changed(duree_min=True), "« duree_min » doit être un nombre"),
    "a text for a number": (changed(duree_min="90"), "« duree_min » doit être un nombre"),
    "a number for a text": (changed(titre=12), "« titre » doit être un texte"),
    "a list for a text": (changed(titre=["a"]), "« titre » doit être un texte"),
    "a text for a list": (changed(etapes="vite"), "« etapes » doit être une liste"),
    "an unknown word": (changed(script="alert(1)"), "« script » n’est pas un mot connu"),
    "a step that is a text": (changed(etapes=["vite"]), "« etapes »"),
    "an activity that is a path": (WRITTEN.replace("activite: papier", "activite: ../x"), "« activite » n’a pas la bonne"),
    "two sheets of one id": (WRITTEN.replace("id: appels", "id: script"), "deux fiches ont le même « id »"),
    "a sheet without words": (changed(kit=[{"id": "a", "titre": "A", "usage": "B", "copies": "1"}]), "cette fiche est vide"),
    "a missing minute": (WRITTEN.replace("minutes: 10", "minutes: 9", 1), "il reste 1 minute"),
    "an invisible title": (changed(titre="\u200b\u2060"), "« titre » est vide"),
    "a lone surrogate": ('{"titre": "\\ud800"}', "abîmé"),
    "a tower of accents": (changed(titre="e" + "\u0301" * 50), "signes"),
    "an id that is a path": (changed(id="../../etc"), "« id » n’a pas la bonne forme"),
}  # fmt: skip


@for_each("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name: str) -> None:
    written, said = HOSTILE[name]
    with pytest.raises(BadPlanFile) as refused:
        brought_file.read_plan(written.encode("utf-8", "surrogatepass"))
    sentence = refused.value.sentence
    assert said in sentence and len(sentence) < 4_000, sentence
    assert not any(word in sentence for word in ("Input", "should", "yaml", "Error", "valid")), sentence


def test_every_mistake_is_said_with_its_line() -> None:
    wrong = WRITTEN.replace("  licence: CC BY-SA 4.0\n", "").replace("minutes: 15", "minutes: quinze")
    with pytest.raises(BadPlanFile) as refused:
        brought_file.read_plan(wrong.encode())
    rows = refused.value.sentence.split("\n")
    line = wrong.split("\n").index("    minutes: quinze") + 1
    assert rows == ["Ligne 1 : il manque « licence ».", f"Ligne {line} : « minutes » doit être un nombre."]


@pytest.mark.slow
def test_a_large_or_endless_file_harms_nobody() -> None:
    with pytest.raises(BadPlanFile, match="trop gros"):
        brought_file.read_brought_plan(b"x" * (1024 * 1024))
    with pytest.raises(BadPlanFile):
        brought_file.read_brought_plan(("[" * workshop_policy.PLAN_FILE_BYTES).encode())
    with pytest.raises(BadPlanFile, match="UTF-8"):
        brought_file.read_plan(b"\xff\xfe\x00titre")
    assert brought_file.read_brought_plan(WRITTEN.encode()) == PLAN


def test_a_lesson_of_the_structure_is_named_by_the_file_and_missing_elsewhere(session: Session) -> None:
    here, there = place(session), place(session, "Ailleurs")
    lesson, title = shown_lesson(session, here.trainer)
    made = editing.copy_plan(session, by=here.trainer, plan_id="telephoner", now=NOW)
    known = {"by": here.trainer, "plan_id": made, "step": "script", "now": NOW}
    editing.set_activity(session, **known, activity=f"lecon.{lesson}", shown=[changes.value_fingerprint("papier")])
    plan = Plan.model_validate_json(
        brought_file.read_plan(files.carried_plan(session, of=here.trainer, plan_id=made).body)
    )
    assert (plan.etapes[2].activite, plan.etapes[2].nom_activite) == (f"lecon.{lesson}", f"Leçon\u00a0: {title}")
    assert files.lost_activities(session, of=here.trainer, plan=plan) == ()
    (lost,) = files.lost_activities(session, of=there.trainer, plan=plan)
    assert (lost.number, title in lost.sentence) == (3, True)
    taken = files.take_in_plan(session, by=there.trainer, plan=plan, now=NOW)
    found = library.plan_for(session, of=there.trainer, plan_id=taken)
    assert (
        found.is_ready and found.lost == (lost,) and found.activity_name(found.plan.etapes[2]) == "Activité à choisir"
    )


def test_an_activity_that_nobody_knows_is_said_and_the_plan_can_be_used(session: Session) -> None:
    me = place(session).trainer
    forged = WRITTEN.replace("activite: papier", "activite: minage", 1)
    plan = Plan.model_validate_json(brought_file.read_plan(forged.encode()))
    (lost,) = files.lost_activities(session, of=me, plan=plan)
    assert lost.sentence == "L’activité « minage » n’existe pas ici."


def full_body() -> changes.Body:
    """A plan with as many steps, sheets and parts as it may have, in short words."""
    body = PLAN.model_dump(mode="json")
    cards, row = [{"titre": "à", "texte": "- :"}] * 36, ["x", "-", "", "#", "1", "oui"]
    sheet = {
        "titre": "T", "usage": "u", "copies": "c", "textes": cards[:12], "cases": ["x"] * 30, "cartes": cards,
        "tableau": {"colonnes": row, "lignes": [row] * 30, "vides": 20}, "questions": [{"texte": "x", "lignes": 12}] * 12,
    }  # fmt: skip
    step = {**body["etapes"][0], "minutes": 1, "indices": ["x"] * 8}
    body["etapes"] = [{**step, "id": f"e{number}", "minutes": 71 if number == 0 else 1} for number in range(20)]
    return {**body, "kit": [{**sheet, "id": f"f{number}"} for number in range(10)]}


def test_the_fullest_plan_that_can_be_written_comes_back_from_its_file(session: Session) -> None:
    me = place(session).trainer
    made = editing.add_plan(session, by=me, body=full_body(), now=NOW)
    kept = library.plan_for(session, of=me, plan_id=made)
    assert kept.is_ready
    file = files.carried_plan(session, of=me, plan_id=made)
    assert len(file.body) < workshop_policy.PLAN_FILE_BYTES
    assert Plan.model_validate_json(brought_file.read_plan(file.body)).kit == kept.plan.kit


def test_the_longest_plan_that_can_be_written_fits_into_its_file(session: Session) -> None:
    me, body = place(session).trainer, full_body()
    for sheet in body["kit"]:
        sheet["cartes"] = [{"titre": "x", "texte": "x" * 270}] * 36
    made = editing.add_plan(session, by=me, body=body, now=NOW)
    assert len(json.dumps(session.get_one(OwnPlan, made).body["content"])) > workshop_policy.OWN_PLAN_CHARACTERS * 0.85
    assert len(files.carried_plan(session, of=me, plan_id=made).body) < workshop_policy.PLAN_FILE_BYTES
