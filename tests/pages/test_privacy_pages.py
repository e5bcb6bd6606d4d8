"""The pages about one's data: the notice first, then what each act leaves in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import consents, db, models
from clicnjob.accounts import cards, presence
from clicnjob.cv.document import photo
from clicnjob.cv.model import bag
from clicnjob.demo import people
from clicnjob.models import Account, Consent, ConsentTo, ErasurePlan, Role, WrongTries
from clicnjob.privacy import notice, sharing, views
from clicnjob.privacy.erasure import erasure_request
from clicnjob.privacy.retention import freezing
from clicnjob.privacy.sharing import SharedChoices
from clicnjob.ui.shell import signed_in
from tests import make
from tests.conftest import person
from tests.pages.conftest import APP, check, html, texts
from tests.sign_in_pages import PIN

pytest_plugins = ["tests.sign_in_pages"]

Seat = Callable[[Role | None], Account | None]


def at(file: str, role: Role | None = Role.YOUNG) -> AppTest:
    """A page of the app, reached through its router."""
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page(f"../../pages/{file}").run()
    check(page, role)
    return page


@pytest.fixture
def zoe(sign_in: Seat) -> Account:
    account = sign_in(Role.YOUNG)
    assert account is not None
    return account


@pytest.fixture
def newcomer(zoe: Account) -> Account:
    """Somebody who has not read the notice."""
    with db.write_transaction() as session:
        notice.accept_notice(session, by=zoe, version=0)
    return zoe


def test_the_notice_stands_before_every_page_until_it_is_read(newcomer: Account) -> None:
    words = notice.current_notice()
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    for file in ("young/cvs.py", "young/bag.py", "young/data.py"):
        page.switch_page(f"../../pages/{file}").run()
        check(page, Role.YOUNG)
        assert page.title[0].value == words.titre
        assert [button.key for button in page.button] == ["notice-read"]
        assert all(sentence in html(page).replace("&#x27;", "'") for sentence in words.phrases)
    page.button("notice-read").click().run()
    assert page.title[0].value == "Mes données"
    with db.read_transaction() as session:
        assert session.get(Account, newcomer.id).notice_version == words.version  # type: ignore[union-attr]
    assert at("young/bag.py").title[0].value == "Mon sac"


def test_a_newer_notice_is_shown_again(zoe: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = notice.current_notice().model_copy(update={"version": notice.current_notice().version + 1})
    monkeypatch.setattr(notice, "current_notice", lambda: newer)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert page.title[0].value == newer.titre


@pytest.mark.parametrize("role", [Role.GUEST, Role.ADVISER, Role.TRAINER, Role.HEAD, Role.ADMIN])
def test_the_notice_stops_nobody_else(sign_in: Seat, role: Role) -> None:
    account = sign_in(role)
    assert account is not None
    with db.write_transaction() as session:
        notice.accept_notice(session, by=account, version=0)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert page.title[0].value != notice.current_notice().titre


def test_the_three_doors_open(zoe: Account) -> None:
    for key, title in (
        ("go-sharing", "Ce que voit mon conseiller"),
        ("go-views", "Qui a vu mon dossier"),
        ("go-held", "Mon dossier"),
    ):
        page = at("young/data.py")
        page.button(key).click().run()
        assert page.title[0].value == title


def test_my_bag_leads_to_my_data(zoe: Account) -> None:
    page = at("young/bag.py")
    page.button("go-data").click().run()
    assert page.title[0].value == "Mes données"


def test_a_switch_is_kept(zoe: Account) -> None:
    page = at("young/sharing.py")
    assert not any(box.value for box in page.checkbox)
    next(box for box in page.checkbox if "candidatures" in box.label).check().run()
    with db.read_transaction() as session:
        assert sharing.shared_by(session, of=zoe.id) == SharedChoices(applications=True)
    assert [box.label for box in at("young/sharing.py").checkbox if box.value] == [
        "Montrer mes candidatures, et le jour de mes entretiens d’embauche"
    ]


def test_a_guest_has_nothing_to_share(sign_in: Seat) -> None:
    sign_in(Role.GUEST)
    page = at("young/sharing.py", Role.GUEST)
    assert not page.checkbox
    assert "Sans carte, personne ne voit ton travail." in texts(page)


def test_who_looked_is_told(zoe: Account, database: Engine) -> None:
    with db.write_transaction() as session:
        claire = person(session, Role.ADVISER, first_name="Claire <b>", last_name="Morvan")
        views.note_view(session, by=claire, whom_id=zoe.id, what="cv", now=models.utc_now())
    page = at("young/views.py")
    assert "<strong>Claire &lt;b&gt;, qui conseille des jeunes</strong> a regardé ton CV" in html(page)
    assert "Morvan" not in html(page)


def test_what_is_held_leads_to_where_it_is_corrected(zoe: Account) -> None:
    with db.write_transaction() as session:
        people.fill_bag(session, zoe, *make.whole())
    page = at("young/held.py")
    assert "Lina MOREL" in texts(page)
    page.button("correct-cv").click().run()
    assert page.title[0].value == "Mes CV"


def test_an_erasure_needs_a_tick_and_can_be_taken_back(zoe: Account) -> None:
    page = at("young/erase.py")
    assert page.button("erase").disabled
    page.checkbox("erase-understood").check().run()
    page.button("erase").click().run()
    with db.read_transaction() as session:
        assert session.get(ErasurePlan, zoe.id) is not None
    home = AppTest.from_file(str(APP), default_timeout=20).run()
    assert any("Tu peux changer d’avis" in str(one.value) for one in home.warning)
    home.button("go-erase").click().run()
    home.button("keep").click().run()
    with db.read_transaction() as session:
        assert session.get(ErasurePlan, zoe.id) is None


@pytest.fixture
def zoe_with_card(zoe: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """She came in with her card, whose PIN is `PIN`."""
    with db.write_transaction() as session:
        code = cards.issue_card(session, account=zoe, now=models.utc_now())
        cards.choose_pin(session, code=code, pin=PIN, now=models.utc_now())
        token = presence.begin_sign_in(session, account=zoe, now=models.utc_now(), card=code)
    monkeypatch.setattr(signed_in, "sign_in_token", lambda: token)
    return zoe


def _erase_at_once(page: AppTest, pin: str) -> None:
    page.radio("erase-when").set_value("Tout de suite").run()
    page.text_input[0].input(pin).run()
    if not page.checkbox("erase-understood").value:
        page.checkbox("erase-understood").check().run()
    page.button("erase").click().run()


@pytest.mark.usefixtures("peppered")
@pytest.mark.parametrize(
    ("typed", "told"), [("", "Pour tout effacer, écris ton code secret."), ("739164", "Ce n’est pas ton code secret.")]
)
def test_nothing_is_erased_at_once_without_the_code(zoe_with_card: Account, typed: str, told: str) -> None:
    page = at("young/erase.py")
    _erase_at_once(page, typed)
    assert page.title[0].value == "Effacer mes données"
    assert told in html(page) and page.text_input[0].value == ""
    with db.read_transaction() as session:
        assert session.get(Account, zoe_with_card.id) is not None
        assert (session.exec(select(WrongTries.wrong)).first() or 0) == (1 if typed else 0)


@pytest.mark.usefixtures("peppered")
def test_erasing_at_once_ends_the_visit_with_a_word(zoe_with_card: Account) -> None:
    zoe, page = zoe_with_card, at("young/erase.py")
    _erase_at_once(page, PIN)
    assert page.title[0].value == "À bientôt"
    assert "C’est effacé. Il ne reste rien de toi ici." in texts(page)
    with db.read_transaction() as session:
        assert session.get(Account, zoe.id) is None


def test_a_frozen_file_says_so_instead_of_offering_to_erase(zoe: Account) -> None:
    with db.write_transaction() as session:
        head = person(session, Role.HEAD, organisation_id=zoe.organisation_id)
        freezing.freeze_file(session, by=head, account_id=zoe.id, why="authority", now=models.utc_now())
    page = at("young/erase.py")
    assert any("gelé" in str(one.value) and "autorité" in str(one.value) for one in page.info)
    assert "erase" not in [button.key for button in page.button]


def test_a_photo_is_asked_for_only_after_a_yes(zoe: Account) -> None:
    page = at("young/sheet.py")
    box = next(box for box in page.checkbox if "garde ma photo" in box.label)
    assert "photo-erase" not in [button.key for button in page.button]
    box.check().run()
    with db.write_transaction() as session:
        assert consents.has_consented(session, of=zoe.id, what=ConsentTo.PHOTO)
        bag.keep_photo(session, by=zoe, jpeg=_portrait(), now=models.utc_now())
    page = at("young/sheet.py")
    page.button("photo-erase").click().run()
    with db.read_transaction() as session:
        kept = bag.own_bag(session, of=zoe)
        assert kept is not None
        assert kept.photo is None
        assert session.exec(select(Consent.withdrawn_at)).one() is not None


def _portrait() -> bytes:
    from tests.cv.document.test_photo import encoded, picture

    return photo.checked_photo(encoded(picture()))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.HEAD])
def test_files_to_go_are_listed_for_professionals(sign_in: Seat, role: Role) -> None:
    worker = sign_in(role)
    assert worker is not None
    with db.write_transaction() as session:
        young = person(
            session, Role.YOUNG, organisation_id=worker.organisation_id, first_name="Lina", last_name="Morel"
        )
        if role is Role.ADVISER:
            young.adviser_id = worker.id
        erasure_request.ask_for_erasure(session, by=young, now=models.utc_now())
    page = at("adviser/keeping.py", role)
    assert any(text.startswith("Lina Morel · le ") for text in texts(page))
    assert ("freeze-whom" in [box.key for box in page.selectbox]) == (role is Role.HEAD)


def test_the_head_freezes_and_unfreezes(sign_in: Seat) -> None:
    head = sign_in(Role.HEAD)
    assert head is not None
    with db.write_transaction() as session:
        young = person(session, Role.YOUNG, organisation_id=head.organisation_id, first_name="Lina", last_name="Morel")
    page = at("adviser/keeping.py", Role.HEAD)
    page.selectbox("freeze-whom").select("Lina Morel")
    page.selectbox("freeze-why").select("Demande d’une autorité")
    page.button("freeze-add").click().run()
    with db.read_transaction() as session:
        assert session.get(Account, young.id).frozen_why == "authority"  # type: ignore[union-attr]
    page.button(f"unfreeze-{young.id}").click().run()
    with db.read_transaction() as session:
        assert session.get(Account, young.id).frozen_at is None  # type: ignore[union-attr]
