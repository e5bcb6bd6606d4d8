"""A structure's own plans: copied with their licence, written by two at once, undone, deleted, bounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session

from clicnjob import workshop_policy
from clicnjob.errors import NotFound
from clicnjob.learn.own import writing
from clicnjob.models import OwnLesson, OwnPlan, Workshop
from clicnjob.own_content import changes
from clicnjob.own_content.changes import PartGone
from clicnjob.own_content.own_rows import BoxChanged, ContentChanged
from clicnjob.workshops import lifecycle
from clicnjob.workshops.live import pushing
from clicnjob.workshops.plans import checks, editing, library
from clicnjob.workshops.plans.checks import WrongField
from clicnjob.workshops.plans.library import PlanChoice, UnfinishedPlan
from tests.cohort_people import NOW, Place, place
from tests.for_each import for_each
from tests.workshops.plans.test_files import shown_lesson

STEPS, SHEETS = ("etapes",), ("kit",)


class Desk:
    """A trainer with a copy of « Téléphoner » in hand."""

    def __init__(self, here: Place) -> None:
        self.here = here
        self.id = editing.copy_plan(here.session, by=here.trainer, plan_id="telephoner", now=NOW)

    @property
    def now(self) -> PlanChoice:
        return library.plan_for(self.here.session, of=self.here.trainer, plan_id=self.id)

    @property
    def titles(self) -> list[str]:
        return [step.titre for step in self.now.plan.etapes]

    def write(self, field: str, value: Any, *, step: str = "", sheet: str = "", shown: Any = None) -> None:
        path = ("kit", sheet, field) if sheet else ("etapes", step, field) if step else (field,)
        kept = changes.value_at(self.body, path) if shown is None else shown
        self.act(editing.set_value, path=path, value=value, shown=[changes.value_fingerprint(kept)])

    def act(self, do: Any, **more: Any) -> Any:
        return do(self.here.session, by=self.here.trainer, plan_id=self.id, now=NOW, **more)

    @property
    def body(self) -> changes.Body:
        row = self.here.session.get(OwnPlan, self.id)
        assert row is not None
        return dict(row.body["content"])


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(place(session))


def test_a_plan_from_nothing_lacks_its_words_and_no_minutes(desk: Desk) -> None:
    made = editing.begin_plan(desk.here.session, by=desk.here.trainer, now=NOW)
    again = editing.begin_plan(desk.here.session, by=desk.here.trainer, now=NOW)
    plan = library.plan_for(desk.here.session, of=desk.here.trainer, plan_id=made)
    assert (plan.own, plan.is_ready, plan.plan.titre, plan.plan.duree_min) == (True, False, "Nouveau plan", 90)
    missing = checks.plan_mistakes(desk.here.session.get_one(OwnPlan, made).body["content"])
    assert missing and not [one for one in missing if "minute" in one.sentence]
    assert library.plan_for(desk.here.session, of=desk.here.trainer, plan_id=again).plan.titre == "Nouveau plan (2)"


def test_a_copy_keeps_the_kit_the_licence_and_where_it_comes_from(desk: Desk) -> None:
    ours, copy = library.shipped_plans()["telephoner"], desk.now
    assert (copy.own, copy.is_ready, copy.plan.titre) == (True, True, f"{ours.titre} (2)")
    assert (copy.plan.kit, copy.plan.licence) == (ours.kit, ours.licence)
    assert copy.plan.source.startswith(f"D’après « {ours.titre} », version {ours.version}, {ours.auteur}.")
    assert copy.plan.auteur.startswith(f"{ours.auteur}, adapté par ")
    again = editing.copy_plan(desk.here.session, by=desk.here.trainer, plan_id=desk.id, now=NOW)
    copied = library.plan_for(desk.here.session, of=desk.here.trainer, plan_id=again).plan
    assert (copied.titre, copied.source) == (f"{ours.titre} (3)", copy.plan.source)


def test_what_is_written_is_kept_and_what_is_missing_is_said_at_its_box(desk: Desk) -> None:
    desk.write("consigne", "  Parle\u200b fort. ", step="script")
    desk.write("materiel", ["Un gobelet", "", " Une chaise "])
    assert desk.now.plan.etapes[2].consigne == "Parle fort."
    assert desk.now.plan.materiel == ["Un gobelet", "Une chaise"]
    desk.write("objectif", "")
    desk.write("minutes", 12, step="script")
    assert [(one.path, one.sentence) for one in desk.now.mistakes] == [
        (("objectif",), "« But de la séance » est vide."),
        (("duree_min",), "Il reste 3 minutes à donner à une étape, pour arriver à 90."),
    ]
    with pytest.raises(UnfinishedPlan):
        lifecycle.begin_planned_workshop(desk.here.session, by=desk.here.trainer, plan_id=desk.id, now=NOW)


WRONG = [
    ("titre", "x" * (workshop_policy.WORKSHOP_TITLE_LENGTH + 1), ""),
    ("montrer", "x" * (workshop_policy.WALL_TEXT_LENGTH + 1), "script"),
    ("minutes", 0, "script"),
    ("minutes", True, "script"),
    ("minutes", "5", "script"),
    ("indices", ["x"] * 9, "script"),
    ("consigne", ["une", "liste"], "script"),
    ("question", {"genre": "sondage", "question": "?", "choix": []}, "script"),
    ("question", {"genre": "nuage", "question": "Un mot ?", "choix": ["un"]}, "script"),
    ("verifie_le", "hier", ""),
]


@for_each(("field", "value", "step"), WRONG)
def test_what_does_not_fit_a_box_is_refused_in_words(desk: Desk, field: str, value: Any, step: str) -> None:
    before = desk.now
    with pytest.raises(WrongField) as refused:
        desk.write(field, value, step=step)
    assert refused.value.sentence.endswith(".") and "Input" not in refused.value.sentence
    assert desk.now == before


NO_BOXES = [
    (), ("id",), ("licence",), ("source",), ("kit",), ("etapes",), ("etapes", "script"), ("etapes", "script", "id"),
    ("etapes", "script", "x"), ("etapes", "rien", "titre"), ("etapes", "script", "titre", "x"), ("kit", "appels", "id"),
    ("etapes", "script", "activite"), ("etapes", "script", "nom_activite"),
    ("kit", "script", "consigne"), ("kit", "rien", "titre"), ("emporte", "script", "titre"), ("__class__",),
]  # fmt: skip


@for_each("path", NO_BOXES)
def test_only_the_boxes_of_the_screen_can_be_written(desk: Desk, path: tuple[str, ...]) -> None:
    with pytest.raises(PartGone):
        desk.act(editing.set_value, path=path, value="x", shown=[])


def test_a_question_of_a_step_waits_until_it_has_its_choices(desk: Desk) -> None:
    desk.write("question", {"genre": "choix", "question": "Qui appelle ?", "choix": ["Moi"]}, step="script")
    assert [one.path[-1] for one in desk.now.mistakes] == ["question"]
    asked = {"genre": "choix", "question": "Qui appelle ?", "choix": ["Moi"]}
    desk.write("question", {**asked, "choix": ["Moi", "Toi"]}, step="script")
    assert desk.now.is_ready


def test_the_boxes_of_a_question_are_written_one_by_one_even_by_two_people(desk: Desk) -> None:
    desk.write("question", {"genre": "choix", "question": "Qui ?", "choix": ["Moi", "Toi"]}, step="script")
    shown = desk.now.plan.etapes[2].question
    assert shown is not None
    for part, before in (({"question": "Qui parle ?"}, shown.question), ({"choix": ["Lui", "Elle"]}, shown.choix)):
        known = [changes.value_fingerprint(dict.fromkeys(part, before))]
        desk.act(editing.set_value, path=("etapes", "script", "question"), value=part, shown=known)
    asked = desk.now.plan.etapes[2].question
    assert asked is not None and (asked.question, asked.choix) == ("Qui parle ?", ["Lui", "Elle"])


def test_a_tab_knows_what_it_wrote_itself(desk: Desk) -> None:
    before = changes.value_fingerprint(desk.now.plan.etapes[2].titre)
    desk.write("titre", "Mes", step="script")
    known = [before, changes.value_fingerprint("Mes")]
    desk.act(editing.set_value, path=("etapes", "script", "titre"), value="Mes lignes", shown=known)
    with pytest.raises(BoxChanged):
        desk.act(editing.set_value, path=("etapes", "script", "titre"), value="Mes cinq", shown=known)


def test_two_trainers_write_in_two_boxes_and_never_over_each_other(desk: Desk) -> None:
    shown = desk.now.plan.etapes[2]
    desk.write("consigne", "Parle fort.", step="script")
    desk.write("titre", "Ma voix", step="script", shown=shown.titre)
    with pytest.raises(BoxChanged) as refused:
        desk.write("consigne", "Parle bas.", step="script", shown=shown.consigne)
    assert "« Parle fort. »" in refused.value.sentence
    step = desk.now.plan.etapes[2]
    assert (step.consigne, step.titre) == ("Parle fort.", "Ma voix")
    with pytest.raises(ContentChanged):
        desk.act(editing.remove_part, path=STEPS, part="script", base=1)


def test_steps_are_added_moved_and_taken_out_and_each_is_undone(desk: Desk) -> None:
    before = desk.titles
    made = desk.act(editing.add_part, listed="etapes", after="accueil", base=desk.now.version)
    assert desk.now.plan.etapes[1].id == made
    missing = {one.path[-1] for one in desk.now.mistakes}
    assert missing == {"titre", "consigne", "dire", "montrer", "duree_min"}
    desk.act(editing.remove_part, path=STEPS, part=made, base=desk.now.version)
    desk.act(editing.move_part, path=STEPS, part="script", places=-1, base=desk.now.version)
    assert desk.titles[1:3] == [before[2], before[1]]
    desk.write("titre", "A", step="script")
    desk.write("titre", "Autre", step="script")
    assert desk.now.undoes == "titre, « Autre »"
    for _ in range(5):
        desk.act(editing.undo_change, base=desk.now.version)
    assert (desk.titles, desk.now.undoes, desk.now.is_ready) == (before, "", True)


def test_a_plan_has_as_many_steps_as_its_file_may_have(desk: Desk) -> None:
    with pytest.raises(WrongField):
        for _ in range(30):
            desk.act(editing.add_part, listed="etapes", after="", base=desk.now.version)
    assert len(desk.titles) == 20


def test_a_deleted_plan_is_gone_but_not_from_a_session_that_runs(desk: Desk) -> None:
    workshop_id = lifecycle.begin_planned_workshop(desk.here.session, by=desk.here.trainer, plan_id=desk.id, now=NOW)
    with pytest.raises(ContentChanged):
        desk.act(editing.delete_plan, base=7)
    desk.act(editing.delete_plan, base=desk.now.version)
    with pytest.raises(NotFound):
        _ = desk.now
    assert lifecycle.own_workshop(desk.here.session, by=desk.here.trainer, workshop_id=workshop_id).title


def _bounded(monkeypatch: pytest.MonkeyPatch, **bounds: int) -> None:
    kept = editing._PLANS
    monkeypatch.setattr(editing, "_PLANS", replace(kept, bounds=replace(kept.bounds, **bounds)))  # type: ignore[arg-type]


def test_a_structure_keeps_so_many_plans_and_so_much_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    session, me = desk.here.session, desk.here.trainer
    _bounded(monkeypatch, rows=2)
    editing.copy_plan(session, by=me, plan_id=desk.id, now=NOW)
    with pytest.raises(editing.TooManyPlans):
        editing.copy_plan(session, by=me, plan_id=desk.id, now=NOW)
    _bounded(monkeypatch, longest=2_000)
    with pytest.raises(editing.PlanTooLong):
        desk.write("titre", "Un titre bien plus long que celui d’avant", step="script")
    desk.write("consigne", "Court.", step="script")


def test_a_sheet_is_written_box_by_box_and_each_change_is_undone(desk: Desk) -> None:
    before = desk.now.plan.kit
    made = desk.act(editing.add_part, listed="kit", after="appels", base=desk.now.version)
    assert [sheet.id for sheet in desk.now.plan.kit] == ["deux-appels", "appels", made, "script"]
    assert {one.path for one in desk.now.mistakes} == {("kit", made, "titre"), ("kit", made, "usage")}
    desk.write("titre", "Mes mots", sheet=made)
    desk.write("usage", "Après le premier appel.", sheet=made)
    (empty,) = desk.now.mistakes
    assert empty.path == ("kit", made) and "vide" in empty.sentence and not desk.now.is_ready
    desk.write("cases", ["Je dis bonjour", "", " Je dis\u200b mon nom "], sheet=made)
    desk.write("tableau", {"colonnes": ["", "Lundi"], "lignes": [["Matin", ""], ["", "x"]], "vides": 2}, sheet=made)
    desk.write("tableau", {"vides": 4}, sheet=made, shown={"vides": 2})
    sheet = desk.now.plan.kit[2]
    assert (sheet.cases, desk.now.is_ready) == (["Je dis bonjour", "Je dis mon nom"], True)
    assert sheet.tableau is not None and sheet.tableau.lignes == [["Matin", ""], ["", "x"]] and sheet.tableau.vides == 4
    assert desk.now.undoes == "tableau à remplir, « Mes mots »"
    desk.act(editing.move_part, path=SHEETS, part=made, places=-2, base=desk.now.version)
    desk.act(editing.remove_part, path=SHEETS, part=made, base=desk.now.version)
    assert desk.now.undoes == "fiche enlevée" and desk.now.plan.kit == before
    for _ in range(7):
        desk.act(editing.undo_change, base=desk.now.version)
    assert (desk.now.plan.kit, desk.now.undoes) == (before, "")


WRONG_ON_A_SHEET = [
    ("titre", "x" * 81), ("usage", "x" * (workshop_policy.HINT_LENGTH + 1)), ("copies", "x" * 201), ("cases", ["x"] * 31),
    ("cases", ["x" * 201]), ("cases", "x"), ("cartes", [{"titre": "x", "texte": ""}] * 37), ("cartes", [{"titre": "x", "y": 1}]),
    ("textes", [{"titre": "x", "texte": "x" * 601}]), ("questions", [{"texte": "x", "lignes": 13}]),
    ("questions", [{"texte": "x", "lignes": "4"}]), ("tableau", {"colonnes": ["x"] * 7, "lignes": [], "vides": 0}),
    ("tableau", {"colonnes": ["x"], "lignes": [["x"]] * 31, "vides": 0}),
    ("tableau", {"colonnes": ["x"], "lignes": [], "vides": 21}), ("tableau", ["x"]),
]  # fmt: skip


@for_each(("field", "value"), WRONG_ON_A_SHEET)
def test_what_does_not_fit_a_sheet_is_refused_in_words(desk: Desk, field: str, value: Any) -> None:
    before = desk.now
    with pytest.raises(WrongField) as refused:
        desk.write(field, value, sheet="appels")
    sentence = refused.value.sentence
    assert sentence.startswith("«") and not any(word in sentence for word in ("Input", "should", "None")), sentence
    assert desk.now == before


def test_a_plan_has_as_many_sheets_as_its_file_may_have(desk: Desk) -> None:
    with pytest.raises(WrongField, match="10 lignes au plus"):
        for _ in range(30):
            desk.act(editing.add_part, listed="kit", after="", base=desk.now.version)
    assert len(desk.now.plan.kit) == 10


def test_what_came_in_a_file_is_an_adaptation_from_the_first_change_on(desk: Desk) -> None:
    session, me = desk.here.session, desk.here.trainer
    ours = library.shipped_plans()["telephoner"]
    desk.id = editing.add_plan(session, by=me, body=ours.model_dump(mode="json"), brought=True, now=NOW)
    copy = editing.copy_plan(session, by=me, plan_id=desk.id, now=NOW)
    for plan_id in (desk.id, copy):
        desk.id = plan_id
        assert desk.now.plan.auteur == ours.auteur
        for words in ("À nous", "Rien qu’à nous"):
            desk.write("objectif", words)
        assert (
            desk.now.plan.auteur.startswith(f"{ours.auteur}, adapté par ") and desk.now.plan.auteur.count("adapté") == 1
        )
        assert f"version {ours.version}, {ours.auteur}." in desk.now.plan.source


def test_a_step_opens_a_lesson_of_its_own_structure_alone(desk: Desk) -> None:
    session, there = desk.here.session, place(desk.here.session, "Ailleurs")
    (mine, title), (foreign, _) = shown_lesson(session, desk.here.trainer), shown_lesson(session, there.trainer)
    shown = [changes.value_fingerprint("papier")]
    for key in (f"lecon.{foreign}", f"scene.{mine}", "lecon.s-0000000000000000", "minage", "../x", ""):
        with pytest.raises(NotFound):
            desk.act(editing.set_activity, step="script", activity=key, shown=shown)
    desk.act(editing.set_activity, step="script", activity=f"lecon.{mine}", shown=shown)
    assert (desk.now.activity_name(desk.now.plan.etapes[2]), desk.now.lost) == (f"Leçon\u00a0: {title}", ())
    with pytest.raises(BoxChanged):
        desk.act(editing.set_activity, step="script", activity="oral", shown=shown)
    desk.act(editing.undo_change, base=desk.now.version)
    assert desk.now.plan.etapes[2].activite == "papier"


def test_a_withdrawn_lesson_leaves_the_plan_usable_and_is_named(desk: Desk) -> None:
    session, me = desk.here.session, desk.here.trainer
    lesson, title = shown_lesson(session, me)
    known = [changes.value_fingerprint("oral")]
    desk.act(editing.set_activity, step="accueil", activity=f"lecon.{lesson}", shown=known)
    workshop_id = lifecycle.begin_planned_workshop(session, by=me, plan_id=desk.id, now=NOW)
    first = {"by": me, "workshop_id": workshop_id, "step": 0, "now": NOW}
    assert pushing.push_step(session, **first)
    assert session.get_one(Workshop, workshop_id).activity == f"lecon.{lesson}"
    writing.withdraw_lesson(session, by=me, lesson_id=lesson, now=NOW)
    (lost,) = desk.now.lost
    assert desk.now.is_ready and title in lost.sentence and "publiée" in lost.sentence
    assert not pushing.push_step(session, **first)
    assert session.get_one(Workshop, workshop_id).activity == "oral"
    writing.delete_lesson(session, by=me, lesson_id=lesson, base=session.get_one(OwnLesson, lesson).version, now=NOW)
    assert desk.now.lost == (lost,)
