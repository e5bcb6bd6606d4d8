"""A structure's lesson is written by several, published as a frozen copy, withdrawn, and travels as a file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from sqlmodel import Session

from clicnjob import policy, workshop_policy
from clicnjob.errors import NotFound
from clicnjob.learn import carried, library, records, reports
from clicnjob.learn.own import files, published, refusals, writing, written_lessons
from clicnjob.learn.own.brought_file import BadLessonFile
from clicnjob.models import (
    Account,
    LearningKind,
    LessonReport,
    Organisation,
    OwnLesson,
    ParticipantState,
    Role,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.own_content import changes
from clicnjob.own_content.own_rows import BoxChanged, ContentChanged
from clicnjob.privacy.erasure import rows
from clicnjob.privacy.export import stored_work
from clicnjob.workshops.live import activities
from tests.cohort_people import NOW
from tests.conftest import person

LESSON, SCENE = LearningKind.LESSON, LearningKind.SCENE
TODAY = date(2026, 11, 30)


@pytest.fixture
def here(session: Session) -> str:
    session.add(place := Organisation(name="E2C du Port"))
    session.flush()
    return place.id


@pytest.fixture
def trainer(session: Session, here: str) -> Account:
    return person(session, Role.TRAINER, organisation_id=here)


@pytest.fixture
def young(session: Session, here: str) -> Account:
    return person(session, Role.YOUNG, organisation_id=here)


def read(session: Session, of: Account, lesson_id: str, kind: LearningKind = LESSON) -> written_lessons.LessonChoice:
    return written_lessons.lesson_choice(session, of=of, kind=kind, content_id=lesson_id, today=TODAY)


def copied(session: Session, by: Account, lesson_id: str = "joindre-un-fichier") -> str:
    return writing.copy_lesson(session, by=by, kind=LESSON, content_id=lesson_id, now=NOW)


def typed(session: Session, by: Account, lesson_id: str, path: tuple[str, ...], value: Any) -> None:
    kept = changes.value_at(read(session, by, lesson_id).body, path)
    writing.set_value(
        session, by=by, lesson_id=lesson_id, path=path, value=value, shown=[changes.value_fingerprint(kept)], now=NOW
    )


def held_about(session: Session, of: Account) -> str:
    return " ".join(line for group in stored_work.stored_groups(session, of=of) for line in group.lines)


def publish(session: Session, by: Account, lesson_id: str) -> None:
    version = session.get_one(OwnLesson, lesson_id).version
    writing.publish_lesson(session, by=by, lesson_id=lesson_id, base=version, today=TODAY, now=NOW)


def test_a_copy_says_where_it_comes_from_and_keeps_the_licence(session: Session, trainer: Account) -> None:
    entry = read(session, trainer, copied(session, trainer)).entry
    assert entry.auteur.structure == "E2C du Port" and entry.licence == "CC-BY-SA-4.0"
    assert entry.copie_de is not None
    assert (entry.copie_de.lecon, entry.copie_de.structure) == ("joindre-un-fichier", "ClicNJob")


def test_what_is_not_finished_is_kept_as_typed_and_not_published(session: Session, trainer: Account) -> None:
    lesson = copied(session, trainer)
    long = "C'est " + "très " * 20 + "long"
    typed(session, trainer, lesson, ("ecrans", "e1", "titre"), long[:50])
    typed(session, trainer, lesson, ("ecrans", "e1", "lignes"), [long, "", "Court."])
    assert read(session, trainer, lesson).body["ecrans"][0]["lignes"] == [long, "Court."]
    with pytest.raises(refusals.LessonNotReady):
        publish(session, trainer, lesson)


def test_young_people_see_the_published_copy_until_it_is_published_again(
    session: Session, trainer: Account, young: Account
) -> None:
    lesson = copied(session, trainer)

    def seen() -> list[str]:
        return [one.titre for one in published.published_entries(session, of=young, now=NOW).values()]

    assert seen() == []
    publish(session, trainer, lesson)
    typed(session, trainer, lesson, ("titre",), "Joindre ton CV ici")
    assert seen() == ["Joindre ton CV à un mail"]
    assert read(session, trainer, lesson).state == "changed"
    publish(session, trainer, lesson)
    assert seen() == ["Joindre ton CV ici"] and read(session, trainer, lesson).entry.version == 2
    writing.withdraw_lesson(session, by=trainer, lesson_id=lesson, now=NOW)
    assert seen() == [] and read(session, trainer, lesson).state == "withdrawn"


def test_what_a_person_does_of_a_structure_s_lesson_is_kept_like_that_of_ours(
    session: Session, trainer: Account, young: Account
) -> None:
    lesson = copied(session, trainer)
    publish(session, trainer, lesson)
    told = records.keep_answer(session, by=young, lesson_id=lesson, exercise_id="q1", answer=("a",), now=NOW)
    records.note_place(session, by=young, kind=LESSON, content_id=lesson, place="q1", now=NOW)
    records.finish_content(session, by=young, kind=LESSON, content_id=lesson, now=NOW)
    assert told.lines
    assert "Joindre ton CV à un mail" in held_about(session, young)
    writing.withdraw_lesson(session, by=trainer, lesson_id=lesson, now=NOW)
    with pytest.raises(NotFound):
        records.begin_again(session, by=young, kind=LESSON, content_id=lesson, now=NOW)


def test_own_lessons_come_back_in_a_file_to_their_own_structure_alone(
    session: Session, trainer: Account, young: Account, here: str
) -> None:
    shown, hidden = copied(session, trainer), copied(session, trainer)
    for lesson in (shown, hidden):
        publish(session, trainer, lesson)
        records.finish_content(session, by=young, kind=LESSON, content_id=lesson, now=NOW)
    file = [carried.CarriedLesson.model_validate(one) for one in carried.carried_lessons(session, of=young)]
    writing.withdraw_lesson(session, by=trainer, lesson_id=hidden, now=NOW)
    session.add(place := Organisation(name="Ailleurs"))
    session.flush()
    for organisation_id, expected in ((here, [shown]), (place.id, [])):
        arrived = person(session, Role.YOUNG, organisation_id=organisation_id)
        carried.adopt_lessons(session, file, by=arrived, now=NOW)
        assert [content_id for _, content_id in records.own_records(session, of=arrived)] == expected
    guest = person(session, Role.GUEST)
    carried.adopt_lessons(session, file, by=guest, now=NOW)
    assert records.own_records(session, of=guest) == {}


def test_a_guest_learns_with_it_while_the_session_of_that_structure_lets_them_in(
    session: Session, trainer: Account, here: str
) -> None:
    lesson, guest = copied(session, trainer), person(session, Role.GUEST)
    publish(session, trainer, lesson)
    session.add(workshop := Workshop(organisation_id=here, by_id=trainer.id, kind="cv", title="CV", began_at=NOW))
    session.flush()
    session.add(
        row := WorkshopParticipant(
            workshop_id=workshop.id, account_id=guest.id, state=ParticipantState.WAITING, guest=True
        )
    )
    session.flush()

    def may(now: Any = NOW) -> bool:
        return (LESSON, lesson) in published.published_entries(session, of=guest, now=now)

    assert not may()
    row.state = ParticipantState.ADMITTED
    session.flush()
    assert may() and not may(NOW + workshop_policy.WORKSHOP_ENDS_AFTER)
    workshop.ended_at = NOW
    session.flush()
    assert not may()


def test_a_group_is_sent_the_published_lessons_of_its_own_structure_alone(session: Session, trainer: Account) -> None:
    lesson = copied(session, trainer)
    session.add(place := Organisation(name="Ailleurs"))
    session.flush()
    other = person(session, Role.TRAINER, organisation_id=place.id)
    key = f"lecon.{lesson}"
    with pytest.raises(NotFound):
        activities.activity_to_send(session, by=trainer, key=key, now=NOW)
    publish(session, trainer, lesson)
    sent = activities.activity_to_send(session, by=trainer, key=key, now=NOW)
    assert (sent.nom, sent.page) == ("Leçon\u00a0: Joindre ton CV à un mail", "young/lesson.py")
    assert activities.content_of_activity(key) == (LESSON, lesson) and activities.known_activity(key).compte
    for who, what in ((other, key), (trainer, "lecon.s-0000000000000000"), (trainer, "lecon.nulle-part")):
        with pytest.raises(NotFound):
            activities.activity_to_send(session, by=who, key=what, now=NOW)


def test_another_text_in_the_box_is_a_colleague_s_and_nothing_is_overwritten(
    session: Session, trainer: Account
) -> None:
    lesson = copied(session, trainer)
    shown = [changes.value_fingerprint("Joindre ton CV à un mail")]
    typed(session, trainer, lesson, ("titre",), "Le sien")
    with pytest.raises(BoxChanged, match="Le sien"):
        writing.set_value(session, by=trainer, lesson_id=lesson, path=("titre",), value="Le mien", shown=shown, now=NOW)
    with pytest.raises(ContentChanged):
        writing.remove_part(session, by=trainer, lesson_id=lesson, path=("quiz",), part="q1", base=1, now=NOW)


def test_choices_come_and_go_and_one_is_right(session: Session, trainer: Account) -> None:
    lesson = copied(session, trainer)
    path = ("quiz", "q1", "choix")

    def at() -> dict[str, Any]:
        return {"by": trainer, "lesson_id": lesson, "base": session.get_one(OwnLesson, lesson).version, "now": NOW}

    for _ in range(4 - len(changes.value_at(read(session, trainer, lesson).body, path))):
        writing.add_item(session, **at(), path=path)
    with pytest.raises(refusals.TooManyParts):
        writing.add_item(session, **at(), path=path)
    items = changes.value_at(read(session, trainer, lesson).body, path)
    writing.mark_right(session, **at(), path=path, item=items[-1]["id"])
    right = [one["juste"] for one in changes.value_at(read(session, trainer, lesson).body, path)]
    assert right == [False, False, False, True]
    for _ in range(5):
        writing.undo_change(session, **at())
    assert (
        read(session, trainer, lesson).body["quiz"]
        == library.shipped_lessons()["joindre-un-fichier"].model_dump(mode="json")["quiz"]
    )


def _bounded(monkeypatch: pytest.MonkeyPatch, **bounds: int) -> None:
    kept = writing._LESSONS
    monkeypatch.setattr(writing, "_LESSONS", replace(kept, bounds=replace(kept.bounds, **bounds)))  # type: ignore[arg-type]


def test_a_structure_keeps_so_many_lessons_and_each_so_long(
    session: Session, trainer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    _bounded(monkeypatch, rows=2)
    lesson = copied(session, trainer)
    copied(session, trainer)
    with pytest.raises(refusals.TooManyOwnLessons):
        copied(session, trainer)
    _bounded(monkeypatch, longest=100)
    with pytest.raises(refusals.LessonTooLong):
        typed(session, trainer, lesson, ("ecrans", "e1", "lignes"), ["mot " * 30] * 5)


@pytest.mark.parametrize("kind", [LESSON, SCENE])
def test_a_file_is_taken_in_by_another_structure_with_its_author(
    session: Session, trainer: Account, kind: LearningKind, read_here: None
) -> None:
    source = "joindre-un-fichier" if kind is LESSON else next(iter(library.shipped_scenes()))
    made = files.carried_lesson(session, of=trainer, kind=kind, content_id=source, now=NOW.replace(year=2026, month=12))
    session.add(place := Organisation(name="Ailleurs"))
    session.flush()
    other = person(session, Role.ADVISER, organisation_id=place.id)
    found, entry = files.lesson_of_file(made.body, by=other)
    taken = files.take_in_lesson(session, by=other, kind=found, entry=entry, now=NOW)
    kept = read(session, other, taken, kind)
    assert found is kind and kept.entry.auteur.structure == "ClicNJob" and kept.state == "draft"
    writing.set_value(
        session, by=other, lesson_id=taken, path=("titre",), value="À nous", now=NOW,
        shown=[changes.value_fingerprint(entry.titre)],
    )  # fmt: skip
    changed = read(session, other, taken, kind).entry
    assert changed.auteur.structure == "Ailleurs"
    assert changed.copie_de is not None and changed.copie_de.structure == "ClicNJob"


def _yaml(**changed: Any) -> bytes:
    body = library.shipped_lessons()["joindre-un-fichier"].model_dump(mode="json")
    return yaml.safe_dump({**body, **changed}, allow_unicode=True).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "pas du texte en UTF-8"),
        (b"- a\n- b", "2 leçons"),
        (b"bonjour", "pas une leçon"),
        (b"a: &a [x]\nb: *a", "renvois"),
        (b"!!python/object:os.system x", "marques"),
        (b"[" * 300 + b"]" * 300, "trop compliqué"),
        (b"x" * (policy.LESSON_FILE_BYTES + 1), "trop gros"),
        (_yaml(titre="<script>alert(1)</script>"), "balise"),
        (_yaml(surprise="x"), "pas un mot connu"),
        (_yaml(licence="Tous droits réservés"), "choix possibles"),
        (_yaml(geste_suivant={"page": "young/../../etc.py", "libelle": "x"}), "bonne forme"),
        (json.dumps({"moments": [1, 2]}).encode(), "suite de"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(
    trainer: Account, data: bytes, said: str, read_here: None
) -> None:
    with pytest.raises(BadLessonFile) as refused:
        files.lesson_of_file(data, by=trainer)
    assert said in refused.value.sentence


def reported(session: Session, by: Account, place: str = "e1", **more: Any) -> None:
    more = {"reasons": ["faux"], "note": "", "kind": LESSON, "content_id": "joindre-un-fichier", **more}
    reports.report_screen(session, by=by, place=place, now=NOW, **more)


def test_a_report_reaches_the_structure_without_a_name_and_is_closed(
    session: Session, trainer: Account, young: Account
) -> None:
    reported(session, young, note="Le bouton n'existe plus")
    reported(session, young, reasons=["panne", "faux"], note="Le bouton a disparu")
    (found,) = reports.open_reports(session, of=trainer, now=NOW)
    assert (found.title, found.where, found.reasons) == (
        "Joindre ton CV à un mail", "écran 1", ("Faux, ou plus vrai", "Ne marche pas"),
    )  # fmt: skip
    assert found.note == "Le bouton a disparu" and young.id not in repr(found)
    reports.close_report(session, by=trainer, report_id=found.id, now=NOW)
    assert reports.open_reports(session, of=trainer, now=NOW) == ()


def test_a_report_is_exported_with_its_person_and_erased_with_them(session: Session, young: Account) -> None:
    reported(session, young, note="Schtroumpf")
    assert rows.plain_rows(session, young.id)["lessonreport"][0]["note"] == "Schtroumpf"
    assert "Schtroumpf" in held_about(session, young)
    session.delete(young)
    session.flush()
    session.expire_all()
    assert session.get(LessonReport, "x") is None
    assert rows.plain_rows(session, young.id).get("lessonreport") is None


def test_reports_are_bounded_and_need_a_reason_and_a_screen(session: Session, young: Account) -> None:
    with pytest.raises(reports.NoProblemTicked):
        reported(session, young, reasons=["inconnu"])
    with pytest.raises(NotFound):
        reported(session, young, place="nulle-part")
    with pytest.raises(NotFound):
        reported(session, person(session, Role.GUEST))
    places = [(one.id, place) for one in library.shipped_lessons().values() for place in one.places]
    for lesson_id, place in places[: policy.LESSON_REPORTS_OPEN]:
        reported(session, young, place=place, content_id=lesson_id)
    with pytest.raises(reports.TooManyReports):
        reported(session, young, place=places[-1][1], content_id=places[-1][0])


def test_a_new_scene_begins_with_a_way_that_is_whole(session: Session, trainer: Account) -> None:
    made = writing.begin_lesson(session, by=trainer, kind=SCENE, today=TODAY, now=NOW)
    chosen = read(session, trainer, made, SCENE)
    assert {one.path[0] for one in chosen.mistakes} == {"titre", "moments"}
    assert all(one.sentence.endswith("est vide.") for one in chosen.mistakes)
