"""« Emporter mes données »: a zip that anybody can read, that holds everything, and that reopens on another installation."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
from docx import Document
from sqlalchemy import Engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, create_engine, select

from clicnjob import consents, db, models, policy, works
from clicnjob.accounts import people, presence
from clicnjob.cv.document import photo
from clicnjob.cv.exchange import work_file
from clicnjob.cv.exchange.work_file import BadFile
from clicnjob.cv.model import bag
from clicnjob.demo import people as demo
from clicnjob.errors import NotFound
from clicnjob.jobs import choices
from clicnjob.learn import carried, records
from clicnjob.models import Account, Consent, ConsentTo, LearningKind, Role, Work, WorkKind
from clicnjob.privacy import views
from clicnjob.privacy.export import archive, reopening, stored_work
from tests import make
from tests.conftest import person
from tests.cv.document.test_photo import encoded, picture
from tests.for_each import for_each

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")

NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)


@pytest.fixture
def lina(session: Session) -> Account:
    """Somebody with a whole CV, jobs and a photo, seen by her adviser."""
    claire = person(session, Role.ADVISER, first_name="Claire")
    young, _ = people.enrol_young(session, by=claire, first_name="Lina", last_name="Morel", now=NOW)
    presence.begin_sign_in(session, account=young, now=NOW)
    demo.fill_bag(session, young, *make.whole())
    choices.keep_favourite(session, by=young, key="serveur", operation="keep")
    choices.say_why(session, by=young, key="serveur", why="J’aime <b>servir</b> & sourire", operation="why")
    choices.answer_statement(session, by=young, statement="reparer", liking="j_aime", operation="answer")
    consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=NOW)
    bag.keep_photo(session, by=young, jpeg=photo.checked_photo(encoded(picture())), now=models.utc_now())
    views.note_view(session, by=claire, whom_id=young.id, what="cv", now=NOW)
    return young


@pytest.fixture
def elsewhere() -> Iterator[Session]:
    """Another installation."""
    made = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    event.listen(made, "connect", db._prepare_sqlite)
    event.listen(made, "begin", db._begin_sqlite)
    models.Record.metadata.create_all(made)
    with Session(made, expire_on_commit=False) as opened:
        yield opened
    made.dispose()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def zipped(**parts: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(
                name.replace("_json", ".json"), content if isinstance(content, bytes) else json.dumps(content)
            )
    return out.getvalue()


def test_it_holds_a_page_the_data_and_the_cv_as_files(session: Session, lina: Account) -> None:
    parts = unpacked(archive.export_archive(session, of=lina, now=NOW))
    assert list(parts) == ["lisez-moi.html", "cv-1.docx", "cv-1.pdf", "donnees.json", "photo.jpg", "tout.json"]
    assert "Lina MOREL" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(parts["cv-1.pdf"])).pages)
    assert any("Lina MOREL" in line.text for line in Document(io.BytesIO(parts["cv-1.docx"])).paragraphs)


def test_the_page_is_readable_and_asks_nothing_of_anybody(session: Session, lina: Account) -> None:
    page = unpacked(archive.export_archive(session, of=lina, now=NOW))["lisez-moi.html"].decode()
    for said in ("Brasserie du Marché", "Claire, qui te suit a regardé ton CV", "16 mars 2026", "Serveur"):
        assert said in page
    assert not re.search(
        r"https?:|//|<script|<link|@import|url\(", page.replace("image/jpeg;base64,", "").split("base64")[0]
    )
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert sources
    assert all(source.startswith("data:image/jpeg") for source in sources)
    assert "J’aime &lt;b&gt;servir&lt;/b&gt; &amp; sourire" in page
    assert "'" not in re.sub(r"<style>.*?</style>|<meta[^>]*>|base64,[^\"]+", "", page, flags=re.DOTALL)


def test_everything_held_is_there_without_secrets(session: Session, lina: Account) -> None:
    everything = json.loads(unpacked(archive.export_archive(session, of=lina, now=NOW))["tout.json"])
    assert set(everything) >= {"account", "card", "signin", "work", "revision", "photo", "consent", "auditevent"}
    kinds = {row["kind"] for row in everything["work"]}
    assert kinds == {"profile", "cv", "jobs"}
    names = {name for rows in everything.values() for row in rows for name in row}
    assert not {name for name in names if re.search("digest|hash|token|chain", name)}


def test_another_persons_rows_are_not_there(session: Session, lina: Account) -> None:
    other = person(session, Role.YOUNG, first_name="Canari")
    demo.fill_bag(session, other, *make.half())
    for content in unpacked(archive.export_archive(session, of=lina, now=NOW)).values():
        assert b"Canari" not in content
        assert b"Nord Colis" not in content
        assert other.id.encode() not in content


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_professionals_take_nothing_away_here(session: Session, role: Role) -> None:
    with pytest.raises(NotFound):
        archive.export_archive(session, of=person(session, role), now=NOW)


def brought_back(session: Session, data: bytes, *, role: Role, with_photo: bool = True) -> Account:
    arrived = person(session, role)
    if with_photo:
        consents.give_consent(session, by=arrived, what=ConsentTo.PHOTO, now=models.utc_now())
    reopening.adopt_brought_work(
        session, by=arrived, brought=reopening.read_brought_file(data), operation="back", now=models.utc_now()
    )
    return arrived


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST])
def test_it_reopens_on_another_installation(session: Session, lina: Account, elsewhere: Session, role: Role) -> None:
    data = archive.export_archive(session, of=lina, now=NOW)
    arrived = brought_back(elsewhere, data, role=role)
    before, after = bag.own_bag(session, of=lina), bag.own_bag(elsewhere, of=arrived)
    assert before is not None
    assert after is not None
    assert after.profile == before.profile
    assert [card.cv for card in after.cvs] == [card.cv for card in before.cvs]
    assert after.photo == before.photo
    assert choices.own_choices(elsewhere, of=arrived) == choices.own_choices(session, of=lina)
    again = archive.reopening_content(elsewhere, of=arrived, now=NOW)
    assert again["carried"] == archive.reopening_content(session, of=lina, now=NOW)["carried"]


def test_finished_lessons_come_back_with_their_dates_and_without_an_answer(
    session: Session, lina: Account, elsewhere: Session
) -> None:
    lesson = {"kind": LearningKind.LESSON, "content_id": "joindre-un-fichier"}
    records.keep_answer(
        session, by=lina, lesson_id="joindre-un-fichier", exercise_id="e4", answer=("CV-Lina-Morel.pdf",), now=NOW
    )
    for days in (0, 2):
        records.finish_content(session, by=lina, now=NOW + timedelta(days=days), **lesson)
    records.note_place(session, by=lina, kind=LearningKind.LESSON, content_id="un-mot-de-passe", place="e1", now=NOW)
    content = archive.reopening_content(session, of=lina, now=NOW)
    day = (NOW + timedelta(days=2)).astimezone().date()
    assert content["lessons"] == [
        {"kind": "lesson", "id": "joindre-un-fichier", "finished_on": day.isoformat(), "times": 2}
    ]
    content["lessons"].append({"kind": "scene", "id": "venue-d-ailleurs", "finished_on": "2026-01-01", "times": 1})
    later = NOW + timedelta(days=30)
    arrived = person(elsewhere, Role.GUEST)
    brought = reopening.read_brought_file(zipped(donnees_json=content))
    for _ in range(2):
        carried.adopt_lessons(elsewhere, brought.lessons, by=arrived, now=later)
    (record,) = records.own_records(elsewhere, of=arrived).values()
    assert (record.content_id, record.answers, record.place) == ("joindre-un-fichier", {}, "")
    assert record.finished_at is not None and record.finished_at.date() == day
    assert record.due_at == record.finished_at + policy.LESSON_COMES_AGAIN[1]
    records.finish_content(elsewhere, by=arrived, now=later, **lesson)
    carried.adopt_lessons(elsewhere, brought.lessons, by=arrived, now=later)
    assert records.own_record(elsewhere, of=arrived, **lesson).finished_at == later, "what is newer here stays"


def test_a_photo_comes_back_only_with_a_yes(session: Session, lina: Account, elsewhere: Session) -> None:
    data = archive.export_archive(session, of=lina, now=NOW)
    arrived = brought_back(elsewhere, data, role=Role.YOUNG, with_photo=False)
    kept = bag.own_bag(elsewhere, of=arrived)
    assert kept is not None
    assert kept.photo is None
    assert not elsewhere.exec(select(Consent)).all()


def test_works_that_name_one_another_still_do(session: Session, lina: Account, elsewhere: Session) -> None:
    """Any body may hold the id of another work: it is the new one there."""
    first_cv = bag.own_bag(session, of=lina).cvs[0].id  # type: ignore[union-attr]
    jobs = next(work for work in works.own_works(session, of=lina) if work.kind is WorkKind.JOBS)
    content = archive.reopening_content(session, of=lina, now=NOW)
    content["works"][0]["body"]["favourites"].append({"key": first_cv, "why": jobs.id})
    arrived = brought_back(elsewhere, zipped(donnees_json=content), role=Role.YOUNG)
    kept = bag.own_bag(elsewhere, of=arrived)
    named = choices.own_choices(elsewhere, of=arrived).favourites[-1]
    own = next(work for work in works.own_works(elsewhere, of=arrived) if work.kind is WorkKind.JOBS)
    assert kept is not None
    assert (named.key, named.why) == (kept.cvs[0].id, own.id)
    assert own.id != jobs.id


def test_works_of_the_same_kind_are_replaced_and_can_be_found_again(session: Session, lina: Account) -> None:
    data = archive.export_archive(session, of=lina, now=NOW)
    choices.keep_favourite(session, by=lina, key="cuisinier", operation="more")
    reopening.adopt_brought_work(
        session, by=lina, brought=reopening.read_brought_file(data), operation="back", now=models.utc_now()
    )
    assert [one.key for one in choices.own_choices(session, of=lina).favourites] == ["serveur"]
    put_aside = session.exec(select(Work).where(Work.kind == WorkKind.JOBS, Work.deleted_at != None)).all()  # noqa: E711
    assert len(put_aside) == 1


def test_a_kind_from_a_newer_clicnjob_is_counted_not_taken(session: Session, lina: Account, elsewhere: Session) -> None:
    content = archive.reopening_content(session, of=lina, now=NOW)
    content["works"].append({"id": "x", "kind": "hologram", "place": "", "body": {}})
    brought = reopening.read_brought_file(zipped(donnees_json=content))
    assert brought.unknown == 1
    reopening.adopt_brought_work(
        elsewhere, by=person(elsewhere, Role.YOUNG), brought=brought, operation="back", now=models.utc_now()
    )


def spoiled(content: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {**content, **changed}


JOBS = {"id": "x", "kind": "jobs", "place": ""}
SPOILED = {
    "not ours": {"format": "other"},
    "newer": {"version": 99},
    "works not a list": {"works": {}},
    "work not a group": {"works": ["x"]},
    "too many works": {"works": [JOBS] * (policy.CARRIED_ITEMS + 1)},
    "body not a group": {"works": [{**JOBS, "body": []}]},
    "wrong body": {"works": [{**JOBS, "body": {"favourites": "all"}}]},
    "unknown field": {"works": [{**JOBS, "body": {"hidden": 1}}]},
    "profile among the others": {"works": [{**JOBS, "kind": "profile", "body": {}}]},
    "too deep": {"works": [{**JOBS, "body": {"a": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}}]},
    "too long": {"works": [{**JOBS, "body": {"favourites": [{"key": "x", "why": "a" * 9_999}]}}]},
    "broken character": {"works": [{**JOBS, "body": {"favourites": [{"key": "x", "why": "\ud800"}]}}]},
    "lesson without a day": {"lessons": [{"kind": "lesson", "id": "x", "times": 1}]},
    "lesson with more": {"lessons": [{"kind": "lesson", "id": "x", "finished_on": "2026-11-30", "times": 1, "a": 1}]},
    "too many lessons": {"lessons": [{"kind": "lesson"}] * (policy.LEARNING_RECORDS_AT_MOST + 1)},
    "spoiled profile": {"carried": {"format": "clicnjob", "version": 1, "profile": {"first_name": 3}, "cvs": []}},
}


@pytest.mark.usefixtures("read_here")
@for_each("changed", SPOILED.values())
def test_a_spoiled_file_is_refused_with_a_sentence(session: Session, lina: Account, changed: dict[str, Any]) -> None:
    content = archive.reopening_content(session, of=lina, now=NOW)
    with pytest.raises(BadFile) as refused:
        reopening.read_brought_file(zipped(donnees_json=spoiled(content, **changed)))
    assert refused.value.sentence


@pytest.mark.usefixtures("read_here")
@for_each("kind", [[], {}, None, 5])
def test_a_kind_that_is_no_word_is_passed_over(session: Session, lina: Account, kind: object) -> None:
    content = archive.reopening_content(session, of=lina, now=NOW)
    odd = {"works": [{"kind": kind, "body": {}}], "lessons": [{"kind": kind}]}
    brought = reopening.read_brought_file(zipped(donnees_json=spoiled(content, **odd)))
    assert (brought.unknown, brought.lessons) == (1, ())


def test_what_is_not_a_zip_of_ours_is_refused(session: Session, lina: Account) -> None:
    whole = archive.export_archive(session, of=lina, now=NOW)
    bomb = zipped(donnees_json=b" " * (policy.ARCHIVE_JSON_BYTES + 2))
    word = unpacked(whole)["cv-1.docx"]
    for data in (
        b"PK\x03\x04",
        whole[: len(whole) // 2],
        zipped(autre_json={}),
        word,
        bomb,
        zipped(donnees_json=b"[1"),
        whole[:-30],
    ):
        with pytest.raises(BadFile):
            reopening.read_brought_file(data)


def test_my_work_is_a_file_of_its_own_that_reopens_like_the_zip(session: Session, lina: Account) -> None:
    work = archive.work_file(session, of=lina, now=NOW)
    assert reopening.is_all_work(work)
    assert reopening.read_brought_file(work) == reopening.read_brought_file(
        archive.export_archive(session, of=lina, now=NOW)
    )
    assert reopening.read_brought_file(b"\xef\xbb\xbf" + work) == reopening.read_brought_file(work)
    assert "NE-PAS-ENVOYER" in archive.WORK_NAME
    for broken in (
        work[:-20],
        b'{"format": "clicnjob-dossier", "version": 1, "works": 3}',
        b'{"format":"clicnjob-dossier"}',
    ):
        assert reopening.is_all_work(broken)
        with pytest.raises(BadFile):
            reopening.read_brought_file(broken)


def test_a_file_with_two_works_of_one_number_is_refused(session: Session, lina: Account) -> None:
    content = json.loads(archive.work_file(session, of=lina, now=NOW))
    for named in ({"works": [content["works"][0]] * 2}, {"ids": {"profile": content["works"][0]["id"], "cvs": []}}):
        with pytest.raises(BadFile, match="même numéro"):
            reopening.read_brought_file(json.dumps(content | named).encode())


@pytest.mark.parametrize("role", [Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_professionals_have_no_work_to_take_away(session: Session, role: Role) -> None:
    with pytest.raises(NotFound):
        archive.work_file(session, of=person(session, role), now=NOW)


def test_a_page_or_another_file_is_not_taken_for_all_the_work(session: Session, lina: Account) -> None:
    kept = bag.own_bag(session, of=lina)
    assert kept is not None
    for data in (
        work_file.write_page(kept.profile, kept.cvs[0].cv, None),
        work_file.work_as_json(kept.profile, [], None),
        b"{}",
        b"",
        b'{"basics": {"name": "\\"format\\": \\"clicnjob-dossier"}}',
    ):
        assert not reopening.is_all_work(data)


@pytest.mark.slow
def test_what_is_made_here_always_comes_back_through_the_same_door(session: Session, lina: Account) -> None:
    for number in range(policy.CVS_AT_MOST - 1):
        bag.duplicate_cv(session, by=lina, cv_id=bag.own_bag(session, of=lina).cvs[0].id, operation=f"copy-{number}")  # type: ignore[union-attr]
    data = archive.export_archive(session, of=lina, now=NOW)
    assert len(data) <= policy.UPLOAD_BYTES
    brought = reopening.read_brought_file(data)
    assert brought.carried is not None
    assert len(brought.carried.cvs) == policy.CVS_AT_MOST


def test_a_zip_that_would_grow_too_big_leaves_files_out_and_says_so(
    session: Session, lina: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "ARCHIVE_BYTES", 1_000)
    parts = unpacked(archive.export_archive(session, of=lina, now=NOW))
    assert "cv-1.pdf" not in parts
    assert "Pour avoir ce CV en fichier" in parts["lisez-moi.html"].decode()


def test_what_is_held_is_told_in_groups_with_the_way_to_correct_it(
    session: Session, lina: Account, engine: Engine
) -> None:
    groups = {group.title: group for group in stored_work.stored_groups(session, of=lina)}
    assert list(groups) == [
        "Qui tu es",
        "Mon sac",
        "Mes CV",
        "Mes métiers et mon test",
        "Ma photo",
        "Mes accords",
        "Tes cartes et tes visites",
    ]
    assert "Qui te suit\u00a0: Claire" in groups["Qui tu es"].lines
    assert all(group.page or group.how for group in groups.values())
    assert any("garder ta photo" in line for line in groups["Mes accords"].lines)


def test_a_kind_that_nobody_described_is_told_text_by_text(
    session: Session, lina: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from clicnjob.privacy.export import readable_work

    monkeypatch.setattr(readable_work, "KINDS", {})
    told = [line for group in stored_work.stored_groups(session, of=lina) for line in group.lines]
    assert "J’aime <b>servir</b> & sourire" in told
    assert "Brasserie du Marché" in told


def test_a_guest_is_told_what_is_held_too(session: Session) -> None:
    guest = people.add_guest(session, now=models.utc_now())
    demo.fill_bag(session, guest, *make.half())
    assert [group.title for group in stored_work.stored_groups(session, of=guest)] == ["Qui tu es", "Mon sac", "Mes CV"]
    assert reopening.read_brought_file(archive.export_archive(session, of=guest, now=NOW)).carried is not None
