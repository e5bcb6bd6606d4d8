"""The only module that calls typst: constant sources, words as data, and fonts that cover the people we meet."""

from __future__ import annotations

import io

from pypdf import PdfReader

from clicnjob import typeset
from clicnjob.cv.document import pdf
from clicnjob.cv.document.gauge import fit_page
from clicnjob.cv.document.printable import printable_document
from tests.cv_fixtures import least, usual
from tests.for_each import for_each


@for_each(
    "word",
    [
        "محمد عبد الله",
        "Đặng Thị Ngọc Ánh",
        "Анна",
        "Γιώργος",
        "Łukasz Ştefan",
        "שלום",
        "Գրիգոր",
        "გიორგი",
        "œuvre € … ’ « »",
        "தமிழ்",
        "ትግርኛ",
    ],
)
def test_the_names_of_the_people_we_meet_can_all_be_written(word: str) -> None:
    assert typeset.uncovered_characters(word) == ()


def test_a_character_without_a_glyph_is_named_once() -> None:
    assert typeset.uncovered_characters("王🚀 a 王") == ("王", "🚀")


def test_invisible_characters_are_not_told_as_missing() -> None:
    assert typeset.uncovered_characters("a\u200db\ufe0f\u200e\n\t") == ()


def test_the_texts_of_a_page_are_composed_and_lose_what_no_font_draws() -> None:
    page = {"nom": " Zoe\u0301 🚀", "lignes": ("a\u200db", ["🔥\ufe0f!"]), "taille": 11.5}
    assert typeset.drawable_texts(page) == {"nom": "Zoé", "lignes": ["ab", ["!"]], "taille": 11.5}


def test_a_sheet_tells_where_its_labels_stand() -> None:
    shown = [printable_document(document)[0] for document in (least(), usual())]
    short, long = (pdf.laid_out(document, fit_page(document)).label_spots("end") for document in shown)
    assert short[0].page == long[0].page == 1 and short[0].y < long[0].y


def test_a_picture_in_a_name_leaves_the_rest_of_the_page_to_be_printed() -> None:
    data = {
        **{
            "fallbacks": typeset.FALLBACK_FONTS,
            "organisation": "École \U0001f984",
            "whose": "Lundi \U0001f600 \U00012000",
        },
        **{"period": "Du 1er au 2", "own": False, "limits": "", "numbers": [["Actifs", "1"]], "tables": []},
    }
    words = PdfReader(io.BytesIO(typeset.sheet_pdf("_common/report.typ", data))).pages[0].extract_text()
    assert "École" in words and "Lundi" in words


def test_an_attachment_is_kept_to_the_byte() -> None:
    made = pdf.laid_out(least(), fit_page(least()), {"a.json": '{"é": "\\""}'.encode()}).as_pdf()
    assert made.startswith(b"%PDF-1.7") and b"a.json" in made


def test_only_bundled_fonts_are_used() -> None:
    assert len(typeset.font_files()) >= 12 and all(typeset.FONTS in f.parents for f in typeset.font_files())


def test_every_font_has_its_licence_beside_it() -> None:
    assert all((f.parent / "OFL.txt").is_file() for f in typeset.font_files())
