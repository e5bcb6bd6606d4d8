"""The shared bad inputs on names, texts, phones, e-mails, dates, photos and files give what they expect."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from functools import cache

import pytest
from PIL import Image
from sqlmodel import Session

from clicnjob import text
from clicnjob.accounts import cards, codes, staff
from clicnjob.cv.document import photo as photos
from clicnjob.cv.exchange import reopening, work_file
from clicnjob.cv.model import periods
from clicnjob.cv.model.profile import Cv, Period, Profile
from clicnjob.errors import Refusal
from clicnjob.french import contact, dates
from clicnjob.paths import ROOT
from clicnjob.web import addresses
from tests.for_each import for_each

SHARED = ROOT.parent / "shared" / "bad_inputs.json"
TODAY = date(2026, 4, 15)
pytestmark = pytest.mark.skipif(not SHARED.is_file(), reason="bad_inputs.json is not beside the project")


@cache
def bad_inputs() -> dict[str, str]:
    return {row["id"]: row["input"] for row in json.loads(SHARED.read_text(encoding="utf-8"))}


def parts(key: str) -> list[str]:
    """The several inputs that one row lists, without the quotes of its notation."""
    return [part.strip() for part in bad_inputs()[key].split(" ; ")]


def carried(**fields: object) -> Profile:
    data = {"format": "clicnjob", "version": 1, "profile": fields}
    return work_file.read_work_file(json.dumps(data).encode()).profile


VERBATIM = ("B01", "B05", "B15", "B17", "B19", "B21", "B23", "B25", "B31")


@for_each("key", VERBATIM)
def test_words_that_look_like_code_are_kept_word_for_word(key: str) -> None:
    typed = bad_inputs()[key]
    assert (text.clean_name(typed), text.clean_line(typed), text.clean_paragraph(typed)) == (typed, typed, typed)


@for_each("key", VERBATIM)
def test_words_that_look_like_code_travel_word_for_word_in_a_file(key: str) -> None:
    typed = bad_inputs()[key]
    made = work_file.work_as_json(Profile(first_name=typed, skills=[typed]), (Cv(job_wanted=typed),), None)
    read = work_file.read_work_file(made)
    assert (read.profile.first_name, read.profile.skills, read.cvs[0].job_wanted) == (typed, [typed], typed)


def test_b01_has_its_twenty_characters() -> None:
    assert text.count_graphemes(text.clean_name(bad_inputs()["B01"])) == 20


def test_b03_a_decomposed_name_is_composed_and_found() -> None:
    typed = bad_inputs()["B03"].removesuffix(" (NFD)")
    assert text.clean_name(typed) == "Zoé" and text.fold_text(typed) == text.fold_text("Zoé")


def test_b07_zero_width_characters_are_removed_and_the_duplicate_seen() -> None:
    typed = bad_inputs()["B07"]
    assert text.clean_name(typed) == "Marie" and text.fold_text(typed) == text.fold_text("Marie")


def test_b09_too_many_marks_are_refused() -> None:
    with pytest.raises(text.TooManyMarks):
        text.clean_name("a" + "\u0301" * 50)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\u3164"])
def test_b11_what_nobody_sees_is_empty(typed: str) -> None:
    assert text.clean_name(typed) == ""


def test_b13_half_a_character_is_refused_at_the_door() -> None:
    with pytest.raises(text.BrokenText):
        text.clean_name("\ud83d")


def test_b13_half_a_character_in_a_file_names_its_field() -> None:
    with pytest.raises(work_file.BadFile, match=r"profile\.first_name"):
        carried(first_name="\ud83d")


@for_each("word", ["NA", "None", "null", "nan", "TRUE", "N/A"])
def test_b27_names_that_programs_take_for_nothing_survive(word: str) -> None:
    assert word in bad_inputs()["B27"] and carried(last_name=word).last_name == text.clean_name(word) == word


def test_b29_a_line_break_in_a_name_cannot_forge_a_line_of_log() -> None:
    assert "\n" not in text.clean_name("\n2026-01-01 INFO login ok admin")


def test_b33_the_29th_of_february_exists_one_year_in_four() -> None:
    refused, accepted = parts("B33")
    with pytest.raises(dates.NoSuchDate):
        dates.calendar_day(refused, today=TODAY)
    assert dates.calendar_day(accepted, today=TODAY) == date(2008, 2, 29)


def test_b33_is_refused_in_a_file_too() -> None:
    with pytest.raises(work_file.BadFile, match=r"profile\.experiences\[0\]\.period"):
        carried(experiences=[{"period": {"start": parts("B33")[0]}}])


def test_b35_every_writing_is_echoed_the_same() -> None:
    assert {dates.calendar_day(typed, today=TODAY) for typed in parts("B35")} == {date(2006, 3, 5)}


def test_b37_an_end_before_its_start_is_refused_with_help() -> None:
    with pytest.raises(dates.EndBeforeStart, match="échanger"):
        periods.typed_period("juin 2023", "mars 2023", today=TODAY)


def test_b37_an_empty_end_is_accepted_and_goes_on_only_when_the_person_says_so() -> None:
    kept = periods.typed_period("mars 2023", "", today=TODAY)
    assert periods.lacks_end(kept) and periods.period_text(kept) == "mars 2023"
    assert periods.period_text(periods.typed_period("mars 2023", ongoing=True, today=TODAY)) == "depuis mars 2023"


@pytest.mark.parametrize(
    "typed, kept", [("2023", Period(start="2023")), ("été 2022", Period(start="2022", words="été 2022"))]
)
def test_b37_a_year_or_words_alone_are_accepted(typed: str, kept: Period) -> None:
    assert typed in bad_inputs()["B37"] and periods.typed_period(typed, today=TODAY) == kept


def test_b39_every_writing_of_the_number_is_stored_the_same() -> None:
    typed = [part.replace("6 12…", "6 12 34 56 78") for part in parts("B39")]
    assert {contact.phone_number(number) for number in typed} == {"+33612345678"}


def test_b39_the_number_is_shown_as_people_write_it() -> None:
    assert contact.phone_shown("+33612345678") == parts("B39")[0]


def test_b41_letters_never_become_digits() -> None:
    with pytest.raises(contact.LettersInPhone):
        contact.phone_number(bad_inputs()["B41"])


def test_b41_is_refused_in_a_file_too() -> None:
    with pytest.raises(work_file.BadFile, match=r"profile\.phone"):
        carried(phone=bad_inputs()["B41"])


def test_b43_digits_of_other_scripts_and_foreign_numbers_are_accepted() -> None:
    arabic, wide, foreign = parts("B43")
    stored = [contact.phone_number(typed) for typed in (arabic, wide.replace("…", "３４５６７８"), foreign)]
    assert stored == ["+33612345678", "+33612345678", "+447911123456"]


def test_b45_addresses_are_trimmed_accepted_or_refused_with_a_reason() -> None:
    trimmed, accented, idna = parts("B45")
    assert (contact.email_address(trimmed), contact.email_address(idna)) == ("zoe@exemple.fr", "x@münchen.de")
    with pytest.raises(contact.WrongEmail, match="accent"):
        contact.email_address(accented)


def test_b47_what_forges_a_header_is_refused() -> None:
    for typed in parts("B47"):
        with pytest.raises(contact.WrongEmail):
            contact.email_address(typed)


def test_b49_no_street_and_no_home_is_ever_kept_as_a_town() -> None:
    for typed in parts("B49"):
        with pytest.raises(contact.NoTown):
            contact.town_name(typed)


def test_b49_only_the_city_of_a_whole_address_is_kept() -> None:
    assert contact.town_name(f"{parts('B49')[0]}, 59100 Roubaix") == "Roubaix"


def test_b59_a_48_megapixel_jpeg_becomes_a_small_portrait() -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((8_000, 6_000)).save(out, "JPEG", quality=90)
    assert len(photos.checked_photo(out.getvalue())) <= 200 * 1024


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"<!doctype html><script>1</script>",
        b"GIF89a/*\x01\x00\x01\x00*/=1;",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
    ],
)
def test_b61_what_only_calls_itself_a_jpeg_is_refused(data: bytes) -> None:
    with pytest.raises(photos.NotAPhoto):
        photos.checked_photo(data)


def test_b63_a_zip_bomb_is_refused_without_being_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"0" * 99_000_000)
    with pytest.raises(reopening.DamagedFile, match="Word"):
        reopening.reopen_file(out.getvalue(), "cv.docx")


@pytest.mark.parametrize("name", ["cv.pdf.exe", "a" * 300 + ".pdf", "cv\u202efdp.exe"])
def test_b69_a_program_is_refused_by_its_content_under_any_name(name: str) -> None:
    with pytest.raises(reopening.UnknownFile):
        reopening.reopen_file(b"MZ\x90\x00" + b"\x00" * 100, name)


def test_b79_a_paste_from_word_keeps_its_quotes_and_bullets() -> None:
    assert text.clean_paragraph("“Vendre”\x0b• du\u00a0pain,\tdes gâ\u00adteaux") == "“Vendre”\n• du pain, des gâteaux"


def test_b81_two_thousand_emoji_count_two_thousand() -> None:
    assert text.count_graphemes(text.clean_paragraph("👩🏽" * 2_000)) == 2_000


def test_b81_the_limit_says_exactly_how_many_are_too_many() -> None:
    with pytest.raises(text.TooLong, match="1800 caractères de trop"):
        text.clean_line("👩🏽" * 2_000)


@for_each(
    "check",
    [
        text.clean_name,
        text.clean_line,
        text.clean_paragraph,
        contact.phone_number,
        contact.email_address,
        contact.town_name,
    ],
)
def test_no_shared_input_ever_raises_anything_but_a_refusal(check: object) -> None:
    for typed in (*bad_inputs().values(), *(part for key in bad_inputs() for part in parts(key))):
        try:
            check(typed)  # type: ignore[operator]
        except Refusal as refusal:
            assert refusal.sentence and "'" not in refusal.sentence


def test_no_shared_input_ever_breaks_a_period_or_a_file() -> None:
    for typed in bad_inputs().values():
        for read in (
            periods.typed_period,
            dates.calendar_day,
            lambda said: work_file.read_work_file(said.encode()),
            lambda said: reopening.reopen_file(said.encode()),
        ):
            try:
                read(typed)
            except Refusal as refusal:
                assert refusal.sentence and "'" not in refusal.sentence


# --- codes, PINs, logins, addresses


@for_each("key", [*VERBATIM, "B07", "B13", "B27", "B29", "B49"])
def test_what_is_no_card_number_is_a_typing_error_without_a_look_up(key: str) -> None:
    with pytest.raises(codes.TypingError):
        codes.read_code(bad_inputs()[key])


@for_each("key", [*VERBATIM, "B03", "B07", "B13", "B27", "B29", "B43"])
def test_what_is_no_pin_is_refused(key: str) -> None:
    with pytest.raises(cards.NotAPin):
        cards.strong_pin(bad_inputs()[key])


@for_each("key", VERBATIM)
def test_a_login_that_looks_like_code_is_only_a_login(key: str, session: Session) -> None:
    typed = bad_inputs()[key]
    assert staff.begin_try(session, login=typed, now=datetime.now(UTC)).account_id is None
    assert staff.take_login(session, typed) == staff.login_key(typed)


def test_b13_half_a_character_is_no_login(session: Session) -> None:
    with pytest.raises(text.BrokenText):
        staff.take_login(session, "\ud83d")
    assert (
        staff.begin_try(session, login="\ud83d".encode("utf-8", "replace").decode(), now=datetime.now(UTC)).kept is None
    )


@for_each("typed", ["?jeune=1 OR 1=1", "../1", str(10**30), "-1", "", "%00", "a" * 5_000])
def test_b55_an_address_that_is_not_ours_leads_home(typed: str) -> None:
    assert addresses.return_path(f"/cartes{typed}" if typed else "//evil.example") == "/"
    assert addresses.address_kind(f"/equipe/{typed}") is addresses.AddressKind.NOTHING
