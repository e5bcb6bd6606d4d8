"""Typed and pasted text: what is kept word for word, what is cleaned away, what is refused."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from clicnjob import policy, text
from clicnjob.errors import Refusal
from tests.for_each import for_each

VERBATIM = (
    "O'Brien & <b>Zoé</b>",
    "Robert'); DROP TABLE jeunes;--",
    '#import "@preview/x:1.0.0"',
    "$x$ *gras* _it_ @ref <lab> = titre",
    "[Clique ici](https://evil.example) www.evil.example a@b.fr",
    "<script>window.PWN=1</script><img src=x onerror=PWN=2>",
    '=cmd|\'/C calc\'!A0   =HYPERLINK("http://evil","CV")',
    "{{ cycler.__init__ }} {% for %} ${HOME} %s \\n \\u0041",
    "NA",
    "None",
    "null",
    "nan",
    "TRUE",
    "N/A",
    "0612",
    "محمد عبد الله",
    "李小龍",
    "Nguyễn Thị Ánh",
    "Анна",
    "בן־דוד",
    "ไพลิน",
    "Zoë D’Œuvre-Æro ß Łukasz",
    "• “guillemets” – « chevrons » … 10 €",
    "👩🏽‍🍳 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣ 🇫🇷",
    "می‌خواهم",  # ZWNJ inside a Persian word
    "ශ්‍රී",  # ZWJ inside a Sinhala word
)

EMPTY = (
    "",
    "   ",
    "\u00a0",
    "\u3164",
    "\u2800",
    "\uffa0",
    "\u115f\u1160",
    "\u200b\ufeff",
    "\u200d",
    "\u2060\u00ad",
    "\x00\x1f",
    "\t\n\r\x0b\x0c",
    "\u202e\u2066\u2069",
    "\u0301\u0301",
    "\ufe0f",
    "\U000e0041\U000e007f",
    "\u3000\u2003\u202f",
)

INVISIBLE = (
    "\x00",
    "\x07",
    "\x1b",
    "\x7f",
    "\x9d",
    "\u00ad",
    "\u034f",
    "\u061c",
    "\u180e",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2060",
    "\u2063",
    "\u2066",
    "\u206f",
    "\ufe00",
    "\ufe0f",
    "\ufeff",
    "\ufff9",
    "\ufffc",
    "\ufffe",
    "\uffff",
    "\U000e0001",
    "\U000e0041",
    "\U0001fffe",
)

NASTY: tuple[str, ...] = (
    "a",
    "é",
    "e\u0301",
    "\u0301",
    " ",
    "\n",
    "\t",
    "\x00",
    "\u200b",
    "\u200c",
    "\u200d",
    "\ufe0f",
    "\u202e",
)
NASTY += (
    "👩",
    "🏽",
    "\U0001f3f4",
    "\U000e0067",
    "\U000e007f",
    "م",
    "\u3164",
    "\u00a0",
    "1",
    "\u20e3",
    ":",
    "\uf0b7",
)
MIXTURES = tuple("".join(parts) for parts in itertools.product(NASTY, repeat=3))


@for_each("typed", VERBATIM)
def test_what_people_are_called_is_kept_word_for_word(typed: str) -> None:
    assert text.clean_name(typed) == typed


@for_each("typed", VERBATIM)
def test_a_line_is_kept_word_for_word(typed: str) -> None:
    assert text.clean_line(typed) == typed


@for_each("typed", VERBATIM)
def test_a_paragraph_is_kept_word_for_word(typed: str) -> None:
    assert text.clean_paragraph(typed) == typed


@for_each("typed", EMPTY)
@for_each("clean", [text.clean_name, text.clean_line, text.clean_paragraph])
def test_what_nobody_can_see_counts_as_empty(typed: str, clean: object) -> None:
    assert clean(typed) == ""  # type: ignore[operator]


@for_each("mark", INVISIBLE)
def test_an_invisible_character_leaves_the_word_as_it_is_read(mark: str) -> None:
    assert text.clean_name(f"Ma{mark}rie") == "Marie"


def test_decomposed_letters_are_composed() -> None:
    assert text.clean_name("Zoe\u0301") == "Zoé"


def test_letters_parted_by_an_invisible_character_are_still_composed() -> None:
    assert text.clean_name("Zoe\u200b\u0301") == "Zoé"


@for_each("clean", [text.clean_name, text.clean_line, text.clean_paragraph])
@for_each("typed", ["\ud83d", "Zoé\udc00", "\udfff\ud800"])
def test_half_a_character_is_refused(clean: object, typed: str) -> None:
    with pytest.raises(text.BrokenText):
        clean(typed)  # type: ignore[operator]


@pytest.mark.parametrize("marks", [5, 20, 50, 5_000])
def test_more_than_four_marks_on_a_letter_are_refused(marks: int) -> None:
    with pytest.raises(text.TooManyMarks):
        text.clean_name("a" + "\u0301" * marks)


@pytest.mark.parametrize("hidden", ["\u200b", "\u034f", "\x00"])
def test_marks_parted_by_invisible_characters_are_refused_too(hidden: str) -> None:
    with pytest.raises(text.TooManyMarks):
        text.clean_name("a" + ("\u0301" + hidden) * 50)


def test_four_marks_on_a_letter_are_accepted() -> None:
    assert unicodedata.normalize("NFD", text.clean_name("a" + "\u0323\u0302\u0301\u0304")) != ""


def test_an_endless_emoji_is_refused() -> None:
    with pytest.raises(text.TooManyMarks):
        text.clean_line("👩" + "\u200d👩" * 40)


def test_marks_with_no_letter_below_them_are_dropped() -> None:
    assert text.clean_line("Zoé \u0301\u0302 Martin") == "Zoé  Martin"


def test_a_line_break_becomes_a_space_in_a_line() -> None:
    assert text.clean_line("Zoé\n2026-01-01 INFO login ok admin") == "Zoé 2026-01-01 INFO login ok admin"


@for_each("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_becomes_one_kind(end: str) -> None:
    assert text.clean_paragraph(f"un{end}deux") == "un\ndeux"


def test_a_paste_from_word_is_cleaned_and_keeps_quotes_and_bullets() -> None:
    pasted = "“Bonjour”\x0b•\tVendre\u00a0du pain\r\n\uf0b7\tEncais\u00adser\r\n\r\n\r\n\r\nFin  "
    assert text.clean_paragraph(pasted) == "“Bonjour”\n• Vendre du pain\n• Encaisser\n\nFin"


def test_the_space_that_french_puts_before_a_colon_is_kept() -> None:
    assert text.clean_line("Permis\u00a0: B\u00a0et\u202f« AM\u00a0»") == "Permis\u00a0: B et « AM\u00a0»"


@for_each(
    "kept",
    [
        "à 15\u00a0h",
        "35\u202fheures",
        "à 15\u00a0h 30",
        "2\u00a0ans.",
        "12\u00a0Mo",
        "–\u00a0221,00",
        "15\u00a0h\u00a0: là",
    ],
)
def test_a_number_keeps_its_unit_on_its_line(kept: str) -> None:
    assert text.clean_line(kept) == text.clean_paragraph(kept) == kept


@for_each("torn", ["12\u00a0rue", "59000\u00a0Lille", "2\u00a0\u00a0ans", "3\u00a0hommes", "à\u00a015\u00a0"])
def test_other_spaces_that_do_not_break_are_plain(torn: str) -> None:
    assert "\u00a0" not in text.clean_line(torn)


def test_skin_tones_do_not_count_twice() -> None:
    assert text.count_graphemes("👩🏽" * 2_000) == 2_000


@for_each(
    ("shown", "count"),
    [("🇫🇷", 1), ("🇫🇷🇧🇪", 2), ("🇫🇷🇧", 2), ("a🇫🇷́b", 3), ("👩‍🍳🇫🇷", 2), ("🇫🇷" * 100_000, 100_000)],
)
def test_a_flag_counts_once(shown: str, count: int) -> None:
    assert text.count_graphemes(shown) == count


def test_two_thousand_emoji_fit_a_free_text() -> None:
    assert text.clean_paragraph("👩🏽" * 2_000) == "👩🏽" * 2_000


@pytest.mark.parametrize("over, words", [(1, "1 caractère de trop"), (12, "12 caractères de trop")])
def test_the_length_refusal_counts_exactly(over: int, words: str) -> None:
    with pytest.raises(text.TooLong, match=words):
        text.clean_line("👨‍👩‍👧" * (policy.LINE_LENGTH + over))


@pytest.mark.parametrize("clean, most", [(text.clean_name, 100), (text.clean_line, 200), (text.clean_paragraph, 4_000)])
def test_a_text_of_just_the_allowed_length_passes(clean: object, most: int) -> None:
    assert clean("é" * most) == "é" * most  # type: ignore[operator]


@for_each("letter", ["a", " ", "\u200b", "\u0301", "🇫"])
@for_each("clean", [text.clean_name, text.clean_line, text.clean_paragraph])
def test_a_flood_is_refused_without_being_read(clean: object, letter: str) -> None:
    with pytest.raises(text.TooLong):
        clean(letter * 5_000_000)  # type: ignore[operator]


def test_spaces_at_the_ends_do_not_count() -> None:
    assert text.clean_name("  " + "a" * 100 + "\u200b ") == "a" * 100


@pytest.mark.slow
@pytest.mark.parametrize("clean", [text.clean_name, text.clean_line, text.clean_paragraph])
def test_cleaning_twice_changes_nothing_more(clean: object) -> None:
    wrong = [m for m in MIXTURES if clean(clean(m)) != clean(m)]  # type: ignore[operator]
    assert wrong == []


def test_no_mixture_leaves_anything_that_xml_or_a_database_refuses() -> None:
    kept = {letter for mixture in MIXTURES for letter in text.clean_line(mixture)}
    assert {letter for letter in kept if unicodedata.category(letter) in ("Cc", "Cs")} == set()


def test_a_joiner_between_latin_letters_is_removed() -> None:
    assert text.clean_name("Ma\u200drie\u200c") == "Marie"


@for_each(
    ("one", "other"),
    [
        ("Zoé", "ZOE"),
        ("Zoe\u0301", "Zoé"),
        ("cœur", "COEUR"),
        ("l’été", "L'ETE"),
        ("lʼété", "l`ete"),
        ("Ma\u200brie\ufeff", "marie"),
        ("Jean–Luc", "jean-luc"),
        ("Straße", "STRASSE"),
        ("Łukasz", "lukasz"),
        ("Ｚｏｅ", "zoe"),
        ("  Anne \u00a0 Marie ", "anne marie"),
        ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_writings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert text.fold_text(one) == text.fold_text(other)


def test_different_words_do_not_fold_alike() -> None:
    assert len({text.fold_text(word) for word in ("Marie", "Maria", "Mario", "मा", "मी", "李", "里")}) == 7


def test_a_plain_text_folds_alike_alone_and_beside_an_accent() -> None:
    plain = "".join(map(chr, range(128)))
    words = [plain, *plain, *(f"A{one}b {one}" for one in plain)]
    assert [word for word in words if text.fold_text(f"é{word}é") != f"e{text.fold_text(f'x{word}x')[1:-1]}e"] == []


def test_folding_never_fails() -> None:
    assert [m for m in (*MIXTURES, "\ud83d", "a" + "\u0301" * 99) if not isinstance(text.fold_text(m), str)] == []


@for_each(
    ("first", "last", "short"),
    [
        ("Zoé", "Bernard", "Zoé B."),
        ("Zoé", "émile", "Zoé É."),
        ("Zoé", "", "Zoé"),
        ("", "", ""),
        ("", "Bernard", "B."),
        ("Zoé", "'t Hooft", "Zoé T."),
        ("Zoé", "#import", "Zoé I."),
        ("Zoé", "123", "Zoé"),
        ("محمد", "عبد", "محمد ع."),
        ("Zoé", "e\u0301mile", "Zoé É."),
    ],
)
def test_the_short_name_has_one_letter_of_the_last(first: str, last: str, short: str) -> None:
    assert text.short_name(first, last) == short


@for_each(("typed", "ascii_only"), [("٠٦١٢", "0612"), ("０６１２", "0612"), ("۰۶", "06"), ("०६", "06"), ("a²½", "a²½")])
def test_digits_of_any_script_become_the_usual_ones(typed: str, ascii_only: str) -> None:
    assert text.usual_digits(typed) == ascii_only


@for_each(
    ("given", "safe"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\zoe\\cv.pdf", "cv.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("  .pdf", "pdf"),
        ("", "fichier"),
        ("\ud83d.pdf", "pdf"),
        ('a<b>:"|?*.pdf', "a-b------.pdf"),
        ("con.pdf", "_con.pdf"),
    ],
)
def test_a_file_name_is_made_safe(given: str, safe: str) -> None:
    assert text.file_name(given) == safe


def test_a_file_name_of_300_characters_is_shortened_and_keeps_its_kind() -> None:
    assert text.file_name("é" * 300 + ".pdf") == "é" * (policy.FILE_NAME_LENGTH - 4) + ".pdf"


@pytest.mark.parametrize("refusal", [text.BrokenText(), text.TooManyMarks(), text.TooLong(3)])
def test_every_refusal_is_a_sentence_with_typographic_signs(refusal: Refusal) -> None:
    assert refusal.sentence.endswith(".") and "'" not in refusal.sentence
