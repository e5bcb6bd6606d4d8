"""Measures whether the time of a refused sign-in reveals that a card exists.

Existing and unknown cards are tried in turn, through the whole application. « told apart » is how often a guess from the
time alone would be right for one pair (0.5 is chance); beside it, the same for two halves of one kind shows the noise.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from sqlmodel import select
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from clicnjob import db, models  # noqa: E402
from clicnjob.accounts import cards, codes, people, presence  # noqa: E402
from clicnjob.models import Account, Role  # noqa: E402
from clicnjob.web.auth import slowing  # noqa: E402
from tests import sign_in_pages  # noqa: E402

PEOPLE, TRIES = 100, 2  # few enough tries that no card has to wait


def main() -> None:
    """Measure and print."""
    slowing.try_delay = lambda *_args, **_named: 0.0  # the delay of an address is the same for both kinds
    browser = sign_in_pages.served()
    known = _cards()
    times: dict[str, list[float]] = {"a card that exists": [], "an unknown card": []}
    for number in known * TRIES:
        times["a card that exists"].append(_refused(browser, number))
        times["an unknown card"].append(_refused(browser, codes.new_code()))
    print(f"{PEOPLE * TRIES} refusals of each kind, in turn; milliseconds")
    for kind, spent in times.items():
        print(f"  {kind:22} median {statistics.median(spent):6.1f}, deviation {statistics.stdev(spent):5.1f}")
    exists, unknown = times.values()
    apart, noise = told_apart(exists, unknown), told_apart(exists[::2], exists[1::2])
    print(f"  told apart {apart:.3f}; two halves of one kind {noise:.3f}")


def told_apart(first: list[float], second: list[float]) -> float:
    """Return how often, in a pair with one of each, the slower one is of the slower kind: 0.5 to 1."""
    wins = sum((a > b) + (a == b) / 2 for a in first for b in second) / (len(first) * len(second))
    return max(wins, 1 - wins)


def _refused(browser: TestClient, number: str) -> float:
    browser.cookies.clear()
    started = time.perf_counter()
    answer = browser.post("/connexion", data={"numero": number, "code": "739164"})
    spent = (time.perf_counter() - started) * 1000
    assert answer.status_code == 403, answer.status_code
    return spent


def _cards() -> list[str]:
    made = []
    with db.write_transaction() as session:
        chief = session.exec(select(Account).where(Account.role == Role.ADMIN)).one()
        by = presence.acting_person(session, chief.id, now=models.utc_now())
        for number in range(PEOPLE):
            _, code = people.enrol_young(
                session, by=by, first_name=f"Essai {number}", last_name="Carte", now=models.utc_now()
            )
            cards.choose_pin(session, code=code, pin=sign_in_pages.PIN, now=models.utc_now())
            made.append(code)
    return made


if __name__ == "__main__":
    main()
