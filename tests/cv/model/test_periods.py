"""Dates and periods as people remember them: read, kept to the month, shown in French."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Period
from clicnjob.errors import Refusal
from clicnjob.french import dates
from tests.for_each import for_each

TODAY = date(2026, 4, 15)
BIRTHDAY = (
    "5/3/2006",
    "05/03/2006",
    "05-03-2006",
    "5.3.2006",
    "5 3 2006",
    "5 mars 2006",
    "5 MARS 2006",
    "05 mars 06",
    "le 5 mars 2006",
    "dimanche 5 mars 2006",
    "2006-03-05",
    "2006/03/05",
    "０５/03/2006",
    "٠٥/٠٣/٢٠٠٦",
    "05032006",
    "5/3/06",
    " 5\u00a0mars\u200b 2006 ",
    "5–3–2006",
)


def period(start: str, end: str = "", *, ongoing: bool = False) -> Period:
    return periods.typed_period(start, end, ongoing=ongoing, today=TODAY)


@for_each("typed", BIRTHDAY)
def test_every_writing_of_a_day_is_echoed_the_same(typed: str) -> None:
    assert dates.calendar_day(typed, today=TODAY) == date(2006, 3, 5)


@for_each("typed", BIRTHDAY)
def test_a_day_is_kept_to_the_month_in_a_period(typed: str) -> None:
    assert period(typed).start == "2006-03"


def test_the_first_of_a_month_is_read() -> None:
    assert dates.calendar_day("1er mai 2008", today=TODAY) == date(2008, 5, 1)


@pytest.mark.parametrize("typed", ["29/02/2008", "29 février 2008", "2008-02-29"])
def test_the_29th_of_february_of_a_leap_year_is_accepted(typed: str) -> None:
    assert dates.calendar_day(typed, today=TODAY) == date(2008, 2, 29)


IMPOSSIBLE = (
    "29/02/2007",
    "31/04/2020",
    "32/01/2020",
    "05/13/2006",
    "0/0/2006",
    "2020-02-30",
    "31 juin 2021",
    "99032006",
)


@for_each("typed", IMPOSSIBLE)
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(dates.NoSuchDate):
        dates.calendar_day(typed, today=TODAY)


@for_each("typed", [*IMPOSSIBLE, "13/2023", "00/2023", "2023-13"])
def test_a_period_made_of_a_date_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(dates.NoSuchDate):
        period(typed)


@pytest.mark.parametrize("typed", ["5/3/1980", "5/3/2033", "05/03/0006", "01/01/1066"])
def test_a_year_that_nobody_here_lived_is_refused(typed: str) -> None:
    with pytest.raises(dates.NoSuchYear, match="1990"):
        dates.calendar_day(typed, today=TODAY)


@for_each(
    "typed",
    ["", "hier", "mars", "2006", "mars 2006", "5 mars", "10^30", "-1", "1" * 190, "05032006x", "½/3/2006"],
)
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(dates.UnknownDate, match="5 mars 2006"):
        dates.calendar_day(typed, today=TODAY)


@for_each(
    ("typed", "kept"),
    [
        ("03/2023", "2023-03"),
        ("3/2023", "2023-03"),
        ("2023-03", "2023-03"),
        ("mars 2023", "2023-03"),
        ("Mars 2023", "2023-03"),
        ("mars2023", "2023-03"),
        ("mars 23", "2023-03"),
        ("sept. 2022", "2022-09"),
        ("déc 2022", "2022-12"),
        ("aout 2022", "2022-08"),
        ("fevrié 2022", "2022-02"),
        ("julliet 2022", "2022-07"),
        ("marz 2023", "2023-03"),
        ("en mars 2023", "2023-03"),
        ("09/22", "2022-09"),
    ],
)
def test_a_month_alone_is_a_start_that_says_nothing_of_its_end(typed: str, kept: str) -> None:
    assert period(typed) == Period(start=kept) and periods.lacks_end(period(typed))
    assert not periods.is_open(period(typed))


@pytest.mark.parametrize("typed", ["2023", "en 2023", " ２０２３ ", "2023."])
def test_a_year_alone_is_that_year(typed: str) -> None:
    assert period(typed) == Period(start="2023")


@for_each(
    "typed",
    [
        "été 2022",
        "l’été 2022",
        "vacances de Noël 2022",
        "hiver 2022",
        "rentrée 2022",
        "les samedis de 2022",
        "fin 2022",
    ],
)
def test_a_period_said_in_words_keeps_its_words(typed: str) -> None:
    assert period(typed) == Period(start="2022", words=typed)


def test_words_over_two_years_keep_both() -> None:
    assert period("hiver 2021-2022") == Period(start="2021", end="2022", words="hiver 2021-2022")


@for_each("typed", ["l’été dernier", "quand j’avais 16 ans", "bientôt", "🎉", "maintenant ou jamais"])
def test_words_without_a_year_are_refused_and_the_year_asked_for(typed: str) -> None:
    with pytest.raises(dates.UnknownDate, match="2022"):
        period(typed)


@for_each(
    ("typed", "kept"),
    [
        ("juillet-août 2023", Period(start="2023-07", end="2023-08")),
        ("juillet / août 2023", Period(start="2023-07", end="2023-08")),
        ("de juillet à août 2023", Period(start="2023-07", end="2023-08")),
        ("juillet et août 2023", Period(start="2023-07", end="2023-08")),
        ("d’avril à juin 2023", Period(start="2023-04", end="2023-06")),
        ("mars 2022 - juin 2023", Period(start="2022-03", end="2023-06")),
        ("mars 2022 – juin 2023", Period(start="2022-03", end="2023-06")),
        ("09/2021-06/2022", Period(start="2021-09", end="2022-06")),
        ("05-06/2023", Period(start="2023-05", end="2023-06")),
        ("du 5 mars au 20 avril 2023", Period(start="2023-03", end="2023-04")),
        ("du 5 au 20 mars 2023", Period(start="2023-03", end="2023-03")),
        ("2021-2023", Period(start="2021", end="2023")),
        ("2021/2022", Period(start="2021", end="2022")),
        ("2021-22", Period(start="2021", end="2022")),
        ("entre 2021 et 2023", Period(start="2021", end="2023")),
        ("depuis mars 2024", Period(start="2024-03", ongoing=True)),
        ("depuis 2024", Period(start="2024", ongoing=True)),
        ("depuis 2 ans", Period(start="2024", ongoing=True)),
        ("Depuis un an et demi", Period(start="2024-10", ongoing=True)),
        ("depuis six mois", Period(start="2025-10", ongoing=True)),
        ("mi-2023", Period(start="2023", words="mi-2023")),
        ("depuis mi-2023", Period(start="2023", words="mi-2023", ongoing=True)),
        ("mars 2024 - aujourd’hui", Period(start="2024-03", ongoing=True)),
        ("de 2024 à maintenant", Period(start="2024", ongoing=True)),
    ],
)
def test_both_ends_may_be_typed_in_one_place(typed: str, kept: Period) -> None:
    assert period(typed) == kept


@for_each("end", ["en cours", "Aujourd'hui", "maintenant", "actuellement", "toujours", "à ce jour"])
def test_an_end_said_as_now_is_not_over(end: str) -> None:
    assert period("2023", end) == Period(start="2023", ongoing=True)


@for_each(
    ("start", "end", "kept"),
    [
        ("mars 2023", "juin 2023", Period(start="2023-03", end="2023-06")),
        ("2021", "2023", Period(start="2021", end="2023")),
        ("2023", "2023", Period(start="2023")),
        ("mars 2023", "mars 2023", Period(start="2023-03", end="2023-03")),
        ("2023", "03/2023", Period(start="2023", end="2023-03")),
        ("", "juin 2023", Period(end="2023-06")),
        ("", "", Period()),
        ("\u00a0", "\u200b", Period()),
        ("été 2022", "mars 2023", Period(start="2022", end="2023", words="été 2022 – mars 2023")),
        ("mars 2022", "été 2022", Period(start="2022", words="mars 2022 – été 2022")),
    ],
)
def test_two_ends_make_a_period(start: str, end: str, kept: Period) -> None:
    assert period(start, end) == kept


def test_two_ends_in_words_can_be_typed_again_in_one_place() -> None:
    once = period("été 2022", "mars 2023")
    assert period(*periods.ends_shown(once)) == once


def test_a_period_ticked_as_ongoing_without_dates_is_just_ongoing() -> None:
    assert period("", ongoing=True) == Period(ongoing=True)


@for_each(
    ("start", "end"),
    [
        ("juin 2023", "mars 2023"),
        ("2023", "2021"),
        ("20/03/2023", "05/03/2023"),
        ("août-juillet 2023", ""),
        ("2023-2021", ""),
        ("été 2023", "été 2022"),
        ("2023", "12/2022"),
    ],
)
def test_an_end_before_its_start_is_refused_with_help(start: str, end: str) -> None:
    with pytest.raises(dates.EndBeforeStart, match="début"):
        period(start, end)


def test_ongoing_and_an_end_together_are_refused() -> None:
    with pytest.raises(periods.OngoingWithEnd):
        period("2021", "2023", ongoing=True)


@for_each("typed", ["1980", "mars 1989", "2033", "été 1970", "9999", "1066-1067"])
def test_years_are_bounded(typed: str) -> None:
    with pytest.raises(dates.NoSuchYear):
        period(typed)


@for_each("typed", ["03/04", "1/2", "#", "////", "20", "2o23", "2023-03-05-06", "é" * 201, "-" * 90, "0" * 300])
def test_what_cannot_be_read_is_refused_and_not_guessed(typed: str) -> None:
    with pytest.raises(Refusal):
        period(typed)


@pytest.mark.parametrize("typed", ["\ud83d", "a" + "\u0301" * 50])
def test_broken_text_is_refused_as_everywhere(typed: str) -> None:
    with pytest.raises(Refusal):
        period(typed)


@for_each(
    ("kept", "words"),
    [
        (Period(start="2023-07", end="2023-08"), "de juillet à août 2023"),
        (Period(start="2022-07", end="2023-08"), "de juillet 2022 à août 2023"),
        (Period(start="2023-04", end="2023-06"), "d’avril à juin 2023"),
        (Period(start="2022-08", end="2023-10"), "d’août 2022 à octobre 2023"),
        (Period(start="2023-03", end="2023-03"), "mars 2023"),
        (Period(start="2024-03", ongoing=True), "depuis mars 2024"),
        (Period(start="2024-03"), "mars 2024"),
        (Period(start="2024", ongoing=True), "depuis 2024"),
        (Period(start="2023"), "2023"),
        (Period(start="2021", end="2023"), "de 2021 à 2023"),
        (Period(start="2023", end="2023"), "2023"),
        (Period(start="2023", end="2023-03"), "de 2023 à mars 2023"),
        (Period(start="2022", words="été 2022"), "été 2022"),
        (Period(start="2022", words="été 2022", ongoing=True), "été 2022 – en cours"),
        (Period(end="2023-06"), "jusqu’en juin 2023"),
        (Period(end="2023"), "jusqu’en 2023"),
        (Period(ongoing=True), "en cours"),
        (Period(), ""),
    ],
)
def test_a_period_is_shown_in_french(kept: Period, words: str) -> None:
    assert periods.period_text(kept) == words


@for_each(
    "typed",
    [
        "mars 2023",
        "hiver 2021-2022",
        "2023",
        "2021-2023",
        "juillet-août 2023",
        "été 2022",
        "09/2021-06/2022",
        "du 5 au 20 mars 2023",
        "depuis 2024",
    ],
)
def test_the_two_ends_shown_can_be_typed_again(typed: str) -> None:
    once = period(typed)
    assert period(*periods.ends_shown(once), ongoing=once.ongoing) == once


def test_the_newest_comes_first_and_what_goes_on_comes_on_top() -> None:
    ordered = [
        Period(start="2020-01", ongoing=True),
        Period(start="2024", end="2025"),
        Period(start="2025-01", end="2025-02"),
        Period(start="2024-01", end="2025-02"),
        Period(start="2022-10", end="2022-10"),
        Period(start="2022", words="été 2022"),
        Period(start="2022-03", end="2022-04"),
        Period(start="2021"),
        Period(),
    ]
    assert sorted(reversed(ordered), key=periods.sort_key) == ordered


@for_each(
    ("kept", "count"),
    [
        (Period(start="2023-07", end="2023-08"), 2),
        (Period(start="2023-07", end="2023-07"), 1),
        (Period(start="2022-11", end="2023-02"), 4),
        (Period(start="2026-03", ongoing=True), 2),
        (Period(start="2030-03", ongoing=True), None),
        (Period(start="2023"), None),
        (Period(start="2022", words="été 2022"), None),
        (Period(), None),
    ],
)
def test_months_are_counted_only_where_they_are_known(kept: Period, count: int | None) -> None:
    assert periods.length_in_months(kept, today=TODAY) == count


def test_a_stretch_of_six_months_uncovered_is_a_gap() -> None:
    known = (Period(start="2024-01", end="2024-06"), Period(start="2025-01", ongoing=True))
    assert periods.uncovered_periods(known, today=TODAY) == (Period(start="2024-07", end="2024-12"),)


def test_five_months_are_no_gap() -> None:
    known = (Period(start="2024-01", end="2024-06"), Period(start="2024-12", ongoing=True))
    assert periods.uncovered_periods(known, today=TODAY) == ()


def test_a_gap_that_lasts_until_today_is_not_over() -> None:
    assert periods.uncovered_periods((Period(start="2025-01", end="2025-09"),), today=TODAY) == (
        Period(start="2025-10", ongoing=True),
    )


def test_a_year_without_months_covers_the_whole_year() -> None:
    known = (Period(start="2023"), Period(start="2024", words="été 2024"), Period(start="2025", ongoing=True))
    assert periods.uncovered_periods(known, today=TODAY) == ()


def test_a_long_period_hides_the_short_ones_inside_it() -> None:
    known = (
        Period(start="2022", end="2025"),
        Period(start="2022-03", end="2022-04"),
        Period(start="2025-12", ongoing=True),
    )
    assert periods.uncovered_periods(known, today=TODAY) == ()


def test_without_any_date_there_is_no_gap() -> None:
    assert periods.uncovered_periods((Period(), Period(ongoing=True), Period(end="2020")), today=TODAY) == ()


def test_a_future_period_leaves_the_gap_before_it() -> None:
    known = (Period(start="2024-01", end="2024-12"), Period(start="2026-09", end="2027-06"))
    assert periods.uncovered_periods(known, today=TODAY) == (Period(start="2025-01", ongoing=True),)


@for_each(
    ("start", "end", "ongoing", "refusal"),
    [
        ("mars 2030", "", False, periods.StartAhead),
        ("mars 2030", "", True, periods.StartAhead),
        ("2027", "", False, periods.StartAhead),
        ("mai 2026", "juin 2026", False, periods.StartAhead),
        ("été 2030", "", False, periods.StartAhead),
        ("mars 2024", "mars 2030", False, periods.EndAhead),
        ("2024", "2027", False, periods.EndAhead),
        ("", "juin 2027", False, periods.EndAhead),
        ("de mars 2024 à mars 2030", "", False, periods.EndAhead),
    ],
)
def test_what_was_done_cannot_lie_ahead(start: str, end: str, ongoing: bool, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        periods.past_period(start, end, ongoing=ongoing, today=TODAY)


@for_each(
    ("start", "end", "kept"),
    [
        ("2026", "", Period(start="2026")),
        ("avril 2026", "", Period(start="2026-04")),
        ("mars 2024", "avril 2026", Period(start="2024-03", end="2026-04")),
        ("", "", Period()),
    ],
)
def test_today_is_not_ahead(start: str, end: str, kept: Period) -> None:
    assert periods.past_period(start, end, ongoing=False, today=TODAY) == kept


def test_a_study_may_end_later_and_its_only_coming_date_is_its_end() -> None:
    study = partial(periods.past_period, ongoing=False, today=TODAY, study=True)
    assert study("septembre 2025", "juin 2027") == Period(start="2025-09", end="2027-06")
    assert study("2028") == Period(end="2028") and periods.period_text(study("2028")) == "jusqu’en 2028"
    with pytest.raises(periods.StartAhead):
        study("septembre 2027", "juin 2028")


@for_each(("typed", "kept"), [("2024", "2024"), (" juin 2024 ", "juin 2024"), ("", ""), ("2026", "2026")])
def test_the_year_of_a_certificate_is_kept(typed: str, kept: str) -> None:
    assert periods.checked_year(typed, today=TODAY) == kept


def test_the_year_of_a_certificate_must_be_one_that_came() -> None:
    for typed, refusal in (
        ("2031", periods.YearAhead),
        ("l’an dernier", periods.UnknownYear),
        ("1950", dates.NoSuchYear),
    ):
        with pytest.raises(refusal):
            periods.checked_year(typed, today=TODAY)
    assert periods.checked_year("2031", today=TODAY, ahead=True) == "2031"
    with pytest.raises(dates.NoSuchYear):
        periods.checked_year("2099", today=TODAY, ahead=True)


def test_a_missing_end_is_told() -> None:
    assert [periods.lacks_end(one) for one in (Period(start="2024-03"), Period(start="2024"))] == [True, False]
    assert not periods.lacks_end(Period(start="2024-03", ongoing=True))
