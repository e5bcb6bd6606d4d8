"""The alphabet of an SMS, and what our sentences become on a telephone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clicnjob.cohort.notifications import sentences
from clicnjob.french.gsm7 import ONE_PART, OutsideGsm7, gsm7_length, gsm7_text
from clicnjob.french.holidays import easter_sunday, is_holiday, is_rest_day
from clicnjob.models import NotificationReason


def test_french_typography_becomes_that_of_a_telephone() -> None:
    assert gsm7_text("L’été\u00a0: «\u00a0où\u00a0» à Noël…".replace("ë", "e")) == 'L\'été : "où" à Noel.'


@pytest.mark.parametrize("letter", "êçôœî")
def test_letters_that_cost_three_messages_are_refused(letter: str) -> None:
    with pytest.raises(OutsideGsm7):
        gsm7_text(f"fen{letter}tre")


def test_a_letter_of_the_extension_takes_two_places() -> None:
    assert gsm7_length(gsm7_text("10 €")) == 5


def test_every_sms_fits_one_part_with_how_to_stop_on_every_day() -> None:
    today = date(2026, 3, 16)
    for reason in NotificationReason:
        for ahead in range(1, 8):
            said = sentences.sms_text(reason, day=today + timedelta(days=ahead), today=today, first=True)
            assert gsm7_length(said) <= ONE_PART
            assert said.isprintable() and "{" not in said and "Mes rappels" in said


def test_public_holidays_are_known() -> None:
    easters = {2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2038: (4, 25)}
    assert {year: (easter_sunday(year).month, easter_sunday(year).day) for year in easters} == easters
    days_2026 = ("01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25")
    assert all(is_holiday(date.fromisoformat(f"2026-{day}")) for day in days_2026)
    assert not is_holiday(date(2026, 3, 16)) and is_rest_day(date(2026, 3, 15)) and not is_rest_day(date(2026, 3, 14))
