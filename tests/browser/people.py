"""Puts demonstration people and unused cards in an empty database, and prints the keys as JSON: a program of its own."""

from __future__ import annotations

import json
from datetime import date

from sqlmodel import select

from clicnjob import db, models
from clicnjob.accounts import codes, people, staff
from clicnjob.demo import people as demo
from clicnjob.models import Account, Role
from clicnjob.operations import installation_check

_NEW_CARDS = 12


def main() -> None:
    """Fill the database of the settings."""
    db.migrate_database()
    installation_check.settle_installation(now=models.utc_now())
    with db.write_transaction() as session:
        keys = demo.people_made(session, today=date.today())
        adviser = session.exec(select(Account).where(Account.first_name == "Claire")).one()
        enrolled = [
            people.enrol_young(
                session, by=adviser, first_name=f"Essai {number}", last_name="Carte", now=models.utc_now()
            )
            for number in range(_NEW_CARDS)
        ]
        admin = session.exec(select(Account).where(Account.role == Role.ADMIN)).one()
        staff.enrol_staff(
            session,
            by=admin,
            role=Role.ADVISER,
            first_name="Karim",
            last_name="Saïd",
            login="karim.said",
            password=demo.PASSWORD,
        )
    keys = (*keys, demo.DemoKey("Karim Saïd", "conseiller", "karim.said", demo.PASSWORD))
    cards = [codes.printed_code(code) for _, code in enrolled]
    print(json.dumps({"cards": cards, "keys": {key.who: [key.name, key.secret] for key in keys}}))


if __name__ == "__main__":
    main()
