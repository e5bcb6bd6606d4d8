"""`make audit` never says « no fault » of what it could not ask about."""

from __future__ import annotations

from tests import audit

KNOWN: dict[str, object] = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


def test_a_fault_is_named_with_the_version_that_mends_it() -> None:
    status, lines = audit.verdict({"dependencies": [KNOWN, FAULTY]})
    assert (status, lines[0]) == (audit.FOUND, "b 2 : PYSEC-1, corrigé dans 2.1")


def test_what_could_not_be_asked_is_no_good_news() -> None:
    assert audit.verdict({"dependencies": [KNOWN]}) == (0, ["1 paquets regardés, 0 failles connues."])
    assert audit.verdict({"dependencies": [KNOWN, SKIPPED]})[0] == audit.UNKNOWN
    status, (line,) = audit.verdict({"dependencies": [SKIPPED]})
    assert status == audit.UNKNOWN and "Aucune donnée" in line
    assert audit.verdict({"dependencies": [FAULTY, SKIPPED]})[0] == audit.FOUND
