"""The Word file: real styles, no table, the same words in the same order as the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx as word
from fontTools.ttLib import TTFont
from lxml import etree

from clicnjob.cv.document.docx import docx_file
from clicnjob.cv.document.gauge import fit_page
from clicnjob.cv.document.page_content import Document, PhotoShape
from clicnjob.cv.document.templates import all_templates, template_by_key
from tests import cv_words
from tests.cv_fixtures import full, least, photo, usual
from tests.for_each import for_each

MODELS = [t.key for t in all_templates()]
EACH = for_each("model", MODELS)

FONT_LINKS = "word/_rels/fontTable.xml.rels"


def xml(made: bytes, part: str = "word/document.xml") -> str:
    return ZipFile(BytesIO(made)).read(part).decode()


@EACH
@for_each("nasty", ["{_{ 7*7 }_}", "{_% x %_}", "{{ d.name }}", "a\tb\nc", "<w:t>x</w:t>", "\x0b\x00fin"])
def test_what_was_typed_is_never_taken_for_an_order(model: str, nasty: str) -> None:
    document = replace(least(model), name=nasty)
    plain = nasty.replace("\x0b", " ").replace("\x00", "")
    assert cv_words.of_docx(docx_file(document))[: len(plain.split())] == plain.split()


@EACH
def test_the_styles_are_words_own(model: str) -> None:
    names = {p.style.name for p in word.Document(BytesIO(docx_file(usual(model)))).paragraphs if p.text}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet"} <= names


@EACH
def test_there_is_no_table_and_no_text_box(model: str) -> None:
    assert not any(tag in xml(docx_file(usual(model))) for tag in ("<w:tbl>", "<w:txbxContent>", "<w:framePr"))


@EACH
def test_the_words_stand_in_one_column_so_that_the_order_holds(model: str) -> None:
    made = xml(docx_file(usual(model)))
    assert "w:num=" not in "".join(re.findall("<w:cols[^>]*>", made)) and 'w:type="column"' not in made


@EACH
def test_the_language_is_french_and_the_title_is_the_persons(model: str) -> None:
    made = docx_file(usual(model))
    properties = word.Document(BytesIO(made)).core_properties
    assert 'w:val="fr-FR"' in xml(made, "word/styles.xml")
    assert (properties.language, properties.title) == ("fr-FR", "CV – Lina Morel – Serveuse en restauration")


@EACH
def test_the_chosen_colour_replaces_the_models(model: str) -> None:
    first, second = (c.hex[1:].upper() for c in template_by_key(model).colours[:2])
    styles = xml(docx_file(replace(usual(model), colour=f"#{second.lower()}")), "word/styles.xml").upper()
    assert second in styles and first not in styles


@EACH
def test_the_font_is_named_with_one_that_every_computer_has(model: str) -> None:
    fonts = xml(docx_file(usual(model)), "word/fontTable.xml")
    assert template_by_key(model).font in fonts and template_by_key(model).word_font in fonts


@EACH
def test_a_photo_stands_beside_the_words(model: str) -> None:
    document = replace(usual(model), photo=photo())
    made = docx_file(document)
    before = xml(made).partition("<pic:pic")[0]
    floats = before.rfind("<wp:anchor") > before.rfind("<wp:inline")
    assert floats == (template_by_key(model).photo_place != "haut")
    assert cv_words.of_docx(made) == cv_words.typed(document)


@EACH
def test_the_file_is_light(model: str) -> None:
    assert len(docx_file(usual(model))) < 170_000  # of which the fonts are nine tenths


def embedded_fonts(made: bytes) -> dict[str, TTFont]:
    """The fonts inside a Word file, unmixed with the keys of its font table as Word does, by name."""
    table = xml(made, "word/fontTable.xml")
    links = {link.get("Id"): link.get("Target") for link in etree.fromstring(xml(made, FONT_LINKS).encode())}
    found = {}
    for link, key in re.findall(r'<w:embed\w+ r:id="(\w+)" w:fontKey="{([-0-9A-F]+)}"/>', table):
        content = ZipFile(BytesIO(made)).read(f"word/{links[link]}")
        mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
        font = TTFont(BytesIO(bytes(a ^ b for a, b in zip(content[:32], mask, strict=True)) + content[32:]))
        found[font["name"].getBestFullName()] = font
    return found


@EACH
def test_the_fonts_of_the_model_are_inside_regular_and_bold(model: str) -> None:
    fonts = embedded_fonts(docx_file(usual(model)))
    bold = [name for name in fonts if name.startswith(template_by_key(model).title_font) and "Bold" in name]
    plain = [name for name in fonts if name.startswith(template_by_key(model).font) and "Bold" not in name]
    assert bold and plain
    assert all(set(map(ord, "éœŒŞ’«»–")) <= font.getBestCmap().keys() for font in fonts.values())


@EACH
def test_a_separator_is_drawn_and_is_no_word(model: str) -> None:
    contact = next(
        p for p in word.Document(BytesIO(docx_file(usual(model)))).paragraphs if p.style.name == "Coordonnées"
    )
    assert contact._p.xml.count("<w:sym ") == len(usual(model).contact) - 1
    assert contact.text.split() == " ".join(usual(model).contact).split()


@EACH
def test_no_heading_stands_alone_at_the_foot_of_a_page(model: str) -> None:
    made = word.Document(BytesIO(docx_file(full(model))))
    for now, following in zip(made.paragraphs, made.paragraphs[1:], strict=False):
        bound = now.paragraph_format.keep_with_next or now.style.paragraph_format.keep_with_next
        place = now.style.name == "Lieu et dates" and following.style.name == "List Bullet"
        if place or now.style.name in ("Heading 1", "Heading 2"):
            assert bound, now.text


@EACH
def test_what_is_drawn_behind_holds_no_word_and_is_marked_as_decorative(model: str) -> None:
    made = docx_file(usual(model))
    for part in ZipFile(BytesIO(made)).namelist():
        if part.startswith("word/header"):
            assert "<w:t>" not in xml(made, part) and 'adec:decorative val="1"' in xml(made, part)


def test_a_long_head_makes_a_higher_band() -> None:
    def height(document: Document) -> int:
        made = docx_file(document)
        part = next(p for p in ZipFile(BytesIO(made)).namelist() if p.startswith("word/header"))
        return int(re.findall(r'<wp:extent cx="7560000" cy="(\d+)"', xml(made, part))[0])

    short = least("couleur")
    assert height(short) < height(replace(short, contact=("Un mot de plus",) * 14))


@for_each(("shape", "drawn"), [("round", "ellipse"), ("square", "roundRect")])
@EACH
def test_the_photo_has_the_shape_that_was_chosen(model: str, shape: PhotoShape, drawn: str) -> None:
    made = xml(docx_file(replace(usual(model), photo=photo(), photo_shape=shape)))
    picture = made[made.index("<pic:pic") : made.index("</pic:pic>")]
    assert f'prst="{drawn}"' in picture


@EACH
def test_letters_and_spaces_follow_the_fit_of_the_page(model: str) -> None:
    fits = [fit_page(document) for document in (least(model), full(model))]
    sizes = [
        int(
            re.search(r'w:styleId="ListBullet".*?<w:sz w:val="(\d+)"', xml(docx_file(d), "word/styles.xml"), re.DOTALL)[
                1
            ]
        )  # type: ignore[index]
        for d in (least(model), full(model))
    ]
    assert sizes == [round(fit.size * 2) for fit in fits]
