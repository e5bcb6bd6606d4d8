"""The words that advisers read: short, well written, and every key where it must be; days as one says them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from clicnjob.accounts import names
from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import alerts
from clicnjob.cohort.progress.stages import ESSENTIALS, missing_said
from clicnjob.french import days
from clicnjob.paths import DATA
from tests import french_sentences as french
from tests.for_each import for_each

FILES = sorted(path for folder in ("alerts", "conseiller", "candidatures") for path in (DATA / folder).glob("*.yaml"))
MONDAY = date(2026, 3, 16)


@for_each("path", FILES)
def test_a_file_is_well_written(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        assert "'" not in line, line
        assert "\t" not in line
        for text in re.findall(r'"([^"]*)"', line):
            assert (
                not re.search(r"(?<![\u00a0 ])[?!;»]|(?<!\u00a0)[?!»]|«(?!\u00a0)", text.replace("://", ""))
                or "http" in text
            )


@for_each("rule", alerts.alert_rules().values())
def test_a_reason_and_its_gesture_are_short(rule: alerts.AlertRule) -> None:
    french.check_sentences(rule.raison.replace("{mot}", ""), words=12)
    assert not rule.geste.endswith(".")
    assert set(re.findall(r"\{(\w+)\}", rule.raison)) <= {"quand", "depuis", "dans", "nombre", "etape", "mot"}
    assert set(rule.remplace) <= set(alerts.alert_rules())


def test_weights_tell_all_rules_apart() -> None:
    weights = [rule.poids for rule in alerts.alert_rules().values()]
    assert len(weights) == len(set(weights))


def test_the_keys_of_all_alerts_at_once_fit_in_their_column() -> None:
    assert len("|" + "|".join(alerts.alert_rules()) + "|") <= 400
    assert len(" ".join(ESSENTIALS)) <= 100


@for_each("step", vocabulary.step_choices().values())
def test_a_step_is_an_act_in_few_words(step: vocabulary.StepWords) -> None:
    french.check_sentences(step.phrase, words=7)
    assert step.phrase.split()[0].endswith(("er", "ir", "re"))


@for_each(
    ("count", "said"),
    [
        (0, "aujourd’hui"),
        (1, "hier"),
        (2, "il y a 2 jours"),
        (59, "il y a 59 jours"),
        (60, "il y a 2 mois"),
        (800, "il y a 2 ans"),
    ],
)
def test_the_past_as_one_says_it(count: int, said: str) -> None:
    assert days.days_ago(MONDAY - timedelta(days=count), today=MONDAY) == said


def test_what_comes_and_what_lasts() -> None:
    assert days.days_until(MONDAY, today=MONDAY) == "aujourd’hui"
    assert days.days_until(MONDAY + timedelta(days=1), today=MONDAY) == "demain"
    assert days.days_until(MONDAY + timedelta(days=3), today=MONDAY) == "dans 3 jours"
    assert days.days_since(MONDAY - timedelta(days=1), today=MONDAY) == "depuis hier"
    assert days.shown_day(date(2026, 3, 1), today=MONDAY) == "1er mars"
    assert days.shown_day(date(2025, 3, 2), today=MONDAY) == "2 mars 2025"


def test_what_is_missing_is_said_and_shortened() -> None:
    assert missing_said(["metier", "etudes"]) == "métier visé, formation"
    assert missing_said(list(ESSENTIALS), most=2) == "nom et contact, métier visé…"
    assert missing_said(["unknown"]) == ""


@for_each(
    ("first", "last", "shown"),
    [("Zoé", "Bâ", "Z. B."), ("Élodie", "", "É."), ("", "Bâ", "B."), ("محمد", "علي", "م. ع."), ("12", "!", "")],
)
def test_projected_names_are_initials(first: str, last: str, shown: str) -> None:
    assert names.name_on_screen(first, last, projected=True) == shown


def test_a_professional_reads_whole_names() -> None:
    assert names.name_on_screen("Zoé", "Bâ", projected=False) == "Zoé Bâ"


def test_two_of_a_group_who_would_look_alike_are_numbered() -> None:
    group = {"b": "Mehdi", "a": "Marie", "c": "Zoé", "d": "zoe", "e": "\u200b"}
    called = names.names_in_group(group, projected=True)
    assert called == {"b": "M.\u00a02", "a": "M.\u00a01", "c": "Z.\u00a01", "d": "Z.\u00a02", "e": "?"}
    assert list(called) == list(group)
    called = names.names_in_group(group, projected=False)
    assert (called["a"], called["b"], called["c"], called["d"]) == ("Marie", "Mehdi", "Zoé\u00a01", "zoe\u00a02")


def told(program: str, zone: str | None) -> str:
    """What a program prints where TZ says that, or where nobody says anything."""
    where = {name: value for name, value in os.environ.items() if name != "TZ"} | ({"TZ": zone} if zone else {})
    return subprocess.run([sys.executable, "-c", program], env=where, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("zone", "hour"), [(None, 1), ("Indian/Reunion", 4), ("UTC", 0)])
def test_hours_are_those_of_france_where_the_server_has_no_place(zone: str | None, hour: int) -> None:
    if zone is None and told("import time; print(*time.tzname)", None).split() != ["UTC", "UTC"]:
        pytest.skip("this machine has a zone of its own")
    midnight = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    program = f"import time; from clicnjob.french import days; days.use_french_time(); print(time.localtime({midnight}).tm_hour)"
    assert int(told(program, zone)) == hour


def test_the_latest_of_what_happened() -> None:
    assert days.latest_moment(None, date(2026, 3, 1), None, date(2026, 2, 1)) == date(2026, 3, 1)
    assert days.latest_moment(None) is None
