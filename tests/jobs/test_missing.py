"""Words not found: counted without the person, turned into synonyms by the structure, found at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from sqlmodel import Session, select

from clicnjob.errors import NotFound
from clicnjob.jobs import finder, missing
from clicnjob.jobs.imported import import_rome
from clicnjob.jobs.query import read_query
from clicnjob.jobs.search import search_jobs
from clicnjob.models import Account, MissingWord, OfficialTitle, Organisation, Role
from clicnjob.paths import ROOT
from tests.conftest import person
from tests.for_each import for_each

TODAY = date(2026, 3, 16)
ROME = ROOT.parent / "shared" / "rome"


@pytest.fixture
def admin(session: Session) -> Account:
    organisation = Organisation(name="Ici")
    session.add(organisation)
    session.flush()
    return person(session, Role.ADMIN, organisation_id=organisation.id)


@pytest.fixture
def member(session: Session, admin: Account) -> Account:
    return person(session, Role.YOUNG, organisation_id=admin.organisation_id or "")


def test_words_are_counted_without_the_person(session: Session, admin: Account, member: Account) -> None:
    for typed in ("Zglorbeur", "zglorbeur "):
        assert missing.count_missing_words(session, by=member, query=read_query(typed), today=TODAY)
    session.flush()
    assert [(one.words, one.count) for one in missing.missing_words(session, of=admin)] == [("zglorbeur", 2)]
    assert set(MissingWord.model_fields) == {"id", "organisation_id", "words", "count", "last_on"}


@for_each(
    "typed",
    [
        "06 12 34 56 78",
        "zoe@exemple.fr",
        "x" * 60,
        "  ",
        "né en 2006",
        "٠٦١٢٣٤",
        "мене побив чоловік",
        "أريد أن أموت",
        "我的爸爸打我",
        "je m’appelle zglorbeur et mon père brouillonne",
        "guetteur de la cité zglorbeur",
        "mi padre me pega cada noche",
    ],
)
def test_what_may_tell_who_typed_it_is_not_kept(session: Session, member: Account, typed: str) -> None:
    assert not missing.count_missing_words(session, by=member, query=read_query(typed), today=TODAY)


@for_each("typed", ["кухар", "عامل نظافة", "dɔnkilidala"])
def test_one_or_two_words_of_another_language_are_counted(session: Session, member: Account, typed: str) -> None:
    assert missing.count_missing_words(session, by=member, query=read_query(typed), today=TODAY)


def test_the_conditions_of_a_wish_are_not_counted(session: Session, admin: Account, member: Account) -> None:
    typed = read_query("zglorbeur, mal au dos")
    assert missing.count_missing_words(session, by=member, query=typed, today=TODAY)
    assert not missing.count_missing_words(session, by=member, query=read_query("maman solo"), today=TODAY)
    session.flush()
    assert [one.words for one in missing.missing_words(session, of=admin)] == ["zglorbeur"]


def test_a_structures_word_is_found_at_once_and_no_longer_missing(
    session: Session, admin: Account, member: Account
) -> None:
    missing.count_missing_words(session, by=member, query=read_query("zglorbeur"), today=TODAY)
    session.flush()
    missing.add_synonym(session, by=admin, words="zglorbeur", job="cuisine")
    session.flush()
    found = search_jobs(read_query("zglorbeur"), index=finder.search_index(session))
    assert found.matches[0].category.cle == "cuisine"
    assert missing.missing_words(session, of=admin) == ()


def test_a_word_taken_away_is_no_longer_found(session: Session, admin: Account) -> None:
    missing.add_synonym(session, by=admin, words="zglorbeur", job="cuisine")
    session.flush()
    missing.remove_synonym(session, by=admin, synonym_id=missing.added_synonyms(session, of=admin)[0].id)
    session.flush()
    assert search_jobs(read_query("zglorbeur"), index=finder.search_index(session)).matches == ()


def test_the_word_file_can_be_read_again(session: Session, admin: Account) -> None:
    missing.add_synonym(session, by=admin, words='l’as du "wok"', job="cuisine")
    session.flush()
    written = yaml.safe_load(missing.as_word_file(missing.added_synonyms(session, of=admin)))
    assert written[0]["codes"][0] == "G1602"
    assert "wok" in written[0]["mots"][0]


@pytest.mark.parametrize("role", [Role.YOUNG, Role.GUEST, Role.ADVISER, Role.TRAINER])
def test_only_the_administrator_sees_and_adds_words(session: Session, role: Role) -> None:
    somebody = person(session, role)
    with pytest.raises(missing.MayNotAddWords):
        missing.missing_words(session, of=somebody)
    with pytest.raises(missing.MayNotAddWords):
        missing.add_synonym(session, by=somebody, words="mot", job="cuisine")


def test_another_structures_word_answers_like_an_unknown_one(session: Session, admin: Account) -> None:
    missing.add_synonym(session, by=admin, words="zglorbeur", job="cuisine")
    session.flush()
    theirs = missing.added_synonyms(session, of=admin)[0].id
    elsewhere = Organisation(name="Ailleurs")
    session.add(elsewhere)
    session.flush()
    other = person(session, Role.ADMIN, organisation_id=elsewhere.id)
    for synonym_id in (theirs, "unknown"):
        with pytest.raises(NotFound):
            missing.remove_synonym(session, by=other, synonym_id=synonym_id)


@pytest.mark.skipif(not ROME.is_dir(), reason="the official ROME files are not here")
def test_the_official_directory_is_imported_whole_and_again(session: Session) -> None:
    first = import_rome(session, ROME)
    again = import_rome(session, ROME)
    assert first.titles == again.titles == len(session.exec(select(OfficialTitle.number)).all()) > 13_000
    assert again.disappeared == ()
    assert "France Travail" in finder.titles_attribution(session)


def test_a_bad_archive_changes_nothing(session: Session, tmp_path: Path) -> None:
    session.add(OfficialTitle(number="1", label="Boulanger / Boulangère", code="D1102", sheet="D1102", version="460"))
    session.flush()
    (tmp_path / "unix_referentiel_appellation_v460_utf8.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Exception, match="."):  # noqa: B017, PT011 - the refusal itself is tested beside the reader
        import_rome(session, tmp_path)
    assert session.exec(select(OfficialTitle.label)).all() == ["Boulanger / Boulangère"]
