"""A new card on screen: named in full, after a proof; told to its owner and to the head; for a trainer, who is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from clicnjob import db, models
from clicnjob.accounts import cards, people, staff
from clicnjob.accounts.reauthentication import Proof
from clicnjob.models import Account, Card, Password, Role
from clicnjob.workshops import lifecycle
from tests.pages.conftest import EVERY_PAGE_FOR_ANYBODY, check, html, texts

pytest_plugins = ["tests.sign_in_pages"]
pytestmark = pytest.mark.usefixtures("peppered")
SignInAs = Callable[[Role | None], Account | None]
CARD_SHOWN = "Imprimez cette carte"
PASSWORD = "quatre mots assez longs"


def seated(sign_in: SignInAs, role: Role) -> Account:
    """Somebody with a password, at the keyboard."""
    me = sign_in(role)
    assert me is not None
    with db.write_transaction() as session:
        session.add(Password(account_id=me.id, login="zoe", hash=staff.seal_password(PASSWORD)))
    return me


def young(by: Account) -> str:
    with db.write_transaction() as session:
        account, code = people.enrol_young(
            session, by=by, first_name="Moussa", last_name="Diarra", now=models.utc_now()
        )
        cards.choose_pin(session, code=code, pin="482915", now=models.utc_now())
        return account.id


def page_of(file: str, role: Role) -> AppTest:
    page = AppTest.from_string(EVERY_PAGE_FOR_ANYBODY.format(file=file), default_timeout=30).run()
    check(page, role)
    return page


def said(page: AppTest) -> str:
    return " ".join(texts(page))


def live_cards(account_id: str) -> list[str]:
    with db.read_transaction() as session:
        query = select(Card.id).where(Card.account_id == account_id, Card.voided_at.is_(None))  # type: ignore[union-attr]
        return list(session.exec(query))


def test_a_new_card_names_the_person_in_full_and_asks_for_a_proof(sign_in: SignInAs) -> None:
    who = young(seated(sign_in, Role.ADVISER))
    before = live_cards(who)
    page = page_of("adviser/cards.py", Role.ADVISER)
    page.button(f"card-{who}").click().run()
    check(page, Role.ADVISER)
    assert "Nouvelle carte pour Moussa Diarra" in said(page)
    for wrong in ("", "faux"):
        page.text_input("proof-typed-card").input(wrong)
        page.button("proof-go-card").click().run()
        assert live_cards(who) == before and CARD_SHOWN not in said(page)
    page.text_input("proof-typed-card").input(PASSWORD)
    page.button("proof-go-card").click().run()
    assert live_cards(who) != before and CARD_SHOWN in said(page)
    assert page.run() and CARD_SHOWN not in said(page)


def test_wrong_tries_on_screen_are_counted(sign_in: SignInAs) -> None:
    who = young(seated(sign_in, Role.ADVISER))
    page = page_of("adviser/cards.py", Role.ADVISER)
    page.button(f"card-{who}").click().run()
    for _ in range(6):
        page.text_input("proof-typed-card").input("faux")
        page.button("proof-go-card").click().run()
    assert "Trop d’essais" in said(page)
    page.text_input("proof-typed-card").input(PASSWORD)
    page.button("proof-go-card").click().run()
    assert CARD_SHOWN not in said(page)


def test_a_trainer_notes_who_is_there_first(sign_in: SignInAs) -> None:
    hakim = seated(sign_in, Role.TRAINER)
    who = young(hakim)
    page = page_of("adviser/cards.py", Role.TRAINER)
    assert "commencez une séance" in said(page)
    assert not [one for one in page.button if one.key in (f"card-{who}", f"there-{who}")]
    with db.write_transaction() as session:
        lifecycle.begin_workshop(session, by=hakim, kind="cv", now=models.utc_now())
    page.run()
    page.button(f"there-{who}").click().run()
    page.button(f"card-{who}").click().run()
    assert "Mode projection" in said(page) and "Moussa Diarra" not in said(page)
    page.button("project").click().run()
    assert "Nouvelle carte pour Moussa Diarra" in said(page)


def test_the_head_reads_which_cards_were_remade(sign_in: SignInAs) -> None:
    head = seated(sign_in, Role.HEAD)
    who = young(head)
    with db.write_transaction() as session:
        people.renew_card(
            session, by=head, account_id=who, proof=Proof(head.id, models.utc_now()), now=models.utc_now()
        )
    page = page_of("admin/journal.py", Role.HEAD)
    assert "Cartes refaites depuis 3 mois\u00a0: 1" in said(page)
    assert "Moussa Diarra" in html(page) and "pas encore" in html(page)


def test_the_young_person_reads_at_home_who_remade_their_card(sign_in: SignInAs) -> None:
    me = sign_in(Role.YOUNG)
    assert me is not None
    with db.write_transaction() as session:
        maker = Account(
            role=Role.ADVISER, organisation_id=me.organisation_id, first_name="Claire", last_name="<b>Morvan"
        )
        session.add(maker)
        session.flush()
        session.add(Card(account_id=me.id, code_digest="new", pin_chosen_at=models.utc_now(), remade_by_id=maker.id))
    page = page_of("young/path.py", Role.YOUNG)
    assert "Ta carte a été refaite le" in html(page) and "par Claire B.</p>" in html(page)
    assert "Si ce n’est pas toi qui l’as demandée, dis-le à quelqu’un d’autre de la structure." in html(page)
