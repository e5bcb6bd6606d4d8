"""The notice: eight simple sentences, read once a version; the consent that comes before a photo."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from clicnjob import consents, models, policy
from clicnjob.cv.model import bag
from clicnjob.models import Account, Consent, ConsentTo, Role
from clicnjob.privacy import notice
from clicnjob.privacy.notice import Notice
from tests.conftest import person
from tests.for_each import for_each
from tests.french_sentences import check_sentences


def test_the_notice_is_eight_short_sentences() -> None:
    words = notice.current_notice()
    assert len(words.phrases) == len(words.sans_structure) == len(words.invite) == 8
    for sentence in (*words.phrases, *words.sans_structure, *words.invite):
        check_sentences(sentence, words=15)
        assert "'" not in sentence


def test_three_sentences_with_a_picture_come_first_and_say_nothing_that_the_eight_do_not() -> None:
    words = notice.current_notice()
    for points, whole in ((words.essentiel, words.phrases), (words.essentiel_sans_structure, words.sans_structure)):
        for point in points:
            check_sentences(point.phrase, words=12)
            assert point.icone
        said = " ".join(whole).lower()
        assert [
            p.phrase for p in points if not any(word in said for word in p.phrase.lower().split() if len(word) > 6)
        ] == []


def test_who_made_their_own_card_reads_no_word_of_an_adviser_who_sees() -> None:
    alone = notice.current_notice().points_for(Account(role=Role.YOUNG))
    assert alone == notice.current_notice().essentiel_sans_structure
    assert not any("Ton conseiller" in point.phrase for point in alone)
    followed = Account(role=Role.YOUNG, organisation_id="ici")
    assert notice.current_notice().points_for(followed) == notice.current_notice().essentiel


def test_the_notice_says_the_duration_of_policy() -> None:
    assert policy.KEPT_AFTER_LAST_CONTACT.days == 2 * 365
    for said in (notice.current_notice().phrases, notice.current_notice().sans_structure):
        assert any("2\u00a0ans" in sentence for sentence in said)


def test_who_made_their_own_card_reads_that_nobody_follows_them() -> None:
    alone = Account(role=Role.YOUNG)
    assert notice.current_notice().sentences_for(alone) == notice.current_notice().sans_structure
    followed = Account(role=Role.YOUNG, organisation_id="ici")
    assert notice.current_notice().sentences_for(followed) == notice.current_notice().phrases


def test_a_guest_reads_how_short_their_work_is_kept_and_that_nobody_follows_them() -> None:
    assert policy.GUEST_WORK_KEPT.total_seconds() == 0
    said = notice.current_notice().sentences_for(Account(role=Role.GUEST))
    assert any("tout s’efface" in sentence for sentence in said)
    assert not any("Ton conseiller" in sentence or "2\u00a0ans" in sentence for sentence in said)


def test_where_reminders_are_set_up_whoever_may_agree_reads_about_them() -> None:
    words = notice.current_notice()
    check_sentences(words.rappels, words=15)
    said = words.sentences_for(Account(role=Role.YOUNG, organisation_id="ici"), notified=True)
    assert said == [*words.phrases[:-1], words.rappels, words.phrases[-1]]
    assert words.sentences_for(Account(role=Role.GUEST), notified=True) == words.invite
    assert words.sentences_for(Account(role=Role.YOUNG), notified=True) == words.sans_structure


def test_it_is_due_until_this_version_was_read(session: Session, young: Account) -> None:
    assert notice.is_notice_due(session, of=young)
    notice.accept_notice(session, by=young, version=notice.current_notice().version)
    assert not notice.is_notice_due(session, of=young)
    assert session.exec(select(Account.notice_version)).one() == notice.current_notice().version


def test_a_new_version_is_due_again(session: Session, young: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    notice.accept_notice(session, by=young, version=notice.current_notice().version)
    newer = notice.current_notice().model_copy(update={"version": notice.current_notice().version + 1})
    monkeypatch.setattr(notice, "current_notice", lambda: Notice.model_validate(newer))
    assert notice.is_notice_due(session, of=young)


@for_each("role", [role for role in Role if role is not Role.YOUNG])
def test_nobody_else_is_stopped_by_it(session: Session, role: Role) -> None:
    assert not notice.is_notice_due(session, of=person(session, role))


def test_no_photo_is_kept_before_its_owner_agreed(session: Session, young: Account) -> None:
    bag.open_bag(session, by=young, operation="open")
    with pytest.raises(bag.PhotoNotAgreed):
        bag.keep_photo(session, by=young, jpeg=b"jpeg", now=models.utc_now())


def test_a_consent_keeps_its_date_and_the_date_of_its_end(session: Session, young: Account) -> None:
    bag.open_bag(session, by=young, operation="open")
    for _ in range(2):
        consents.give_consent(session, by=young, what=ConsentTo.PHOTO, now=models.utc_now())
    bag.keep_photo(session, by=young, jpeg=b"jpeg", now=models.utc_now())
    bag.remove_photo(session, by=young, now=models.utc_now())
    session.flush()
    row = session.exec(select(Consent)).one()
    assert row.withdrawn_at is not None
    assert row.withdrawn_at >= row.given_at
    kept = bag.own_bag(session, of=young)
    assert kept is not None
    assert kept.photo is None
    assert not consents.has_consented(session, of=young.id, what=ConsentTo.PHOTO)
