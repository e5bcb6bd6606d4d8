"""« Ce qui me bloque »: the content, what is kept, and what is shared one by one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from clicnjob import consents, policy, works
from clicnjob.cli import picture_font
from clicnjob.content import ContentMistakes
from clicnjob.learn import obstacles
from clicnjob.learn.obstacles import UnknownObstacle
from clicnjob.models import AuditEvent, ConsentTo, Role, SharedObstacle
from clicnjob.own_work import NotForStaff
from clicnjob.privacy import sharing
from clicnjob.privacy.export import archive, reopening, stored_work
from clicnjob.privacy.sharing import NobodyToShareWith
from clicnjob.ui.shell import navigation
from tests.conftest import person

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def keep(session: Session, by, *keys: str) -> None:  # type: ignore[no-untyped-def]
    for key in keys:
        sharing.keep_obstacle(session, by=by, key=key, keep=True, operation=works.new_operation(), now=NOON)


def test_every_sentence_is_short_and_every_picture_is_drawn() -> None:
    drawn = picture_font.drawn_pictures()
    said = [text for one in obstacles.known_obstacles() for text in (one.titre, one.phrase, one.geste)] + [
        one.pour for one in obstacles.national_contacts().values()
    ]
    long = [text for text in said for part in re.split(r"[.?!:]", text) if len(part.split()) > 15]
    assert long == []
    assert [one.cle for one in obstacles.known_obstacles() if one.signe[0] not in drawn] == []


def test_every_contact_is_reached_and_was_checked_within_a_year() -> None:
    used = {key for one in obstacles.known_obstacles() for key in one.contacts}
    assert used == set(obstacles.national_contacts())
    old = date.today() - timedelta(days=policy.FACTS_LAST_DAYS)
    assert [one.cle for one in obstacles.national_contacts().values() if one.verifie_le < old] == []


def test_an_obstacle_leads_to_a_page_of_young_people() -> None:
    pages = {page.file: page.roles for page in navigation.EVERY_PAGE}
    unknown = [one.cle for one in obstacles.known_obstacles() if one.suite and one.suite.page not in pages]
    assert unknown == []


def test_a_contact_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "contacts.yaml").write_text((obstacles.FOLDER / "contacts.yaml").read_text())
    text = (obstacles.FOLDER / "obstacles.yaml").read_text().replace("[illettrisme,", "[inconnu,")
    (tmp_path / "obstacles.yaml").write_text(text)
    with pytest.raises(ContentMistakes) as found:
        obstacles.read_obstacles(tmp_path)
    assert found.value.mistakes == ("obstacles.yaml : dans « francais », le contact « inconnu » n’existe pas.",)


@pytest.mark.parametrize("key", ["sante", "justice", "rien"])
def test_health_and_justice_are_never_kept(session: Session, key: str) -> None:
    young = person(session, Role.YOUNG)
    with pytest.raises(UnknownObstacle):
        keep(session, young, key)
    with pytest.raises(UnknownObstacle):
        sharing.share_obstacle(session, by=young, key=key, on=True, now=NOON)
    assert obstacles.own_obstacles(session, of=young) == ()


def test_one_is_shared_alone_and_taken_back(session: Session) -> None:
    young = person(session, Role.YOUNG)
    keep(session, young, "argent", "permis")
    assert sharing.shared_obstacles(session, of=young.id) == ()
    sharing.share_obstacle(session, by=young, key="permis", on=True, now=NOON)
    assert sharing.shared_obstacles(session, of=young.id) == ("permis",)
    assert consents.has_consented(session, of=young.id, what=ConsentTo.OBSTACLES)
    sharing.share_obstacle(session, by=young, key="permis", on=False, now=NOON)
    assert sharing.shared_obstacles(session, of=young.id) == ()
    assert not consents.has_consented(session, of=young.id, what=ConsentTo.OBSTACLES)
    lines = [line.why for line in session.exec(select(AuditEvent)) if line.act.startswith("sharing")]
    assert lines == ["obstacles", "obstacles"], "the log does not say which one"


def test_what_is_let_go_is_shared_no_more_even_when_it_comes_back(session: Session) -> None:
    young = person(session, Role.YOUNG)
    keep(session, young, "permis")
    sharing.share_obstacle(session, by=young, key="permis", on=True, now=NOON)
    sharing.keep_obstacle(session, by=young, key="permis", keep=False, operation="off", now=NOON)
    keep(session, young, "permis")
    assert sharing.shared_obstacles(session, of=young.id) == ()
    assert session.exec(select(SharedObstacle)).all() == []


def test_what_a_file_replaces_is_shared_no_more(session: Session) -> None:
    young = person(session, Role.YOUNG)
    keep(session, young, "argent")
    earlier = archive.work_file(session, of=young, now=NOON)
    keep(session, young, "permis")
    for key in ("argent", "permis"):
        sharing.share_obstacle(session, by=young, key=key, on=True, now=NOON)
    brought = reopening.read_brought_file(earlier)
    reopening.adopt_brought_work(session, by=young, brought=brought, operation=works.new_operation(), now=NOON)
    assert sharing.shared_obstacles(session, of=young.id) == ("argent",)
    keep(session, young, "permis")
    assert sharing.shared_obstacles(session, of=young.id) == ("argent",)
    sharing.keep_obstacle(session, by=young, key="argent", keep=False, operation="off", now=NOON)
    assert not consents.has_consented(session, of=young.id, what=ConsentTo.OBSTACLES)


def test_a_row_without_its_obstacle_shows_nothing(session: Session) -> None:
    young = person(session, Role.YOUNG)
    session.add(SharedObstacle(account_id=young.id, obstacle="permis", shared_at=NOON))
    session.flush()
    assert sharing.shared_obstacles(session, of=young.id) == ()
    keep(session, young, "argent")
    assert sharing.shared_obstacles(session, of=young.id) == ()
    assert session.exec(select(SharedObstacle)).all() == []


def test_a_guest_keeps_and_shares_nothing_a_professional_has_none(session: Session) -> None:
    guest = person(session, Role.GUEST)
    keep(session, guest, "permis")
    with pytest.raises(NobodyToShareWith):
        sharing.share_obstacle(session, by=guest, key="permis", on=True, now=NOON)
    with pytest.raises(NotForStaff):
        obstacles.own_obstacles(session, of=person(session, Role.ADVISER))


def test_the_owner_reads_them_in_their_file(session: Session) -> None:
    young = person(session, Role.YOUNG)
    keep(session, young, "permis")
    groups = {group.title: group.lines for group in stored_work.stored_groups(session, of=young)}
    assert groups["Ce qui me bloque"] == ("Je n’ai pas le permis",)
