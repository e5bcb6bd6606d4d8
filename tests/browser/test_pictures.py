"""The pictures are the app's own: a computer without any emoji font shows the same ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Playwright, expect

from clicnjob import typeset
from clicnjob.cli.picture_font import used_pictures
from tests.browser import served, session
from tests.browser.served import Served
from tests.for_each import for_each

_SIDE = 40  # pixels of a cell in which one picture is drawn
# « ☀ » alone is a letter of a text font, and « 🇫 » half a flag: both are written here as our texts write them.
_WRITTEN = sorted(sign + ("\ufe0f" if ord(sign) < 0x1F000 else "") for sign in used_pictures() if sign not in "🇫🇷")
_WHOLE = [*_WRITTEN, "🇫🇷", "🧑\u200d💼"]
_DRAW = """async ([pictures, side]) => {
  document.body.replaceChildren(...pictures.map((picture) => {
    const cell = document.createElement("span")
    cell.textContent = picture
    Object.assign(cell.style, { display: "inline-block", width: `${side}px`, height: `${side}px`, overflow: "hidden",
      font: "26px/40px var(--cj-text)", color: "#f0f", textAlign: "center", verticalAlign: "top" })
    return cell
  }))
  Object.assign(document.body.style, { display: "block", width: `${side * 20}px`, fontSize: 0, margin: 0, padding: 0,
    background: "#fff", textAlign: "left", minHeight: 0, maxWidth: "none" })
  await document.fonts.load("26px 'ClicNJob Images'", pictures.join(""))
}"""


@pytest.fixture(scope="module")
def bare(playwright: Playwright, chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium for which the computer has one font of letters and no pictures; without any font it does not start."""
    folder = tmp_path_factory.mktemp("no-emoji")
    letters = f"<dir>{typeset.FONTS / typeset.font_folder('Open Sans')}</dir><cachedir>{folder}</cachedir>"
    (folder / "fonts.conf").write_text(f"<fontconfig>{letters}</fontconfig>", encoding="utf-8")
    variables = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    browser = served.launched(playwright, served.chromium(playwright), env=variables)
    yield browser
    browser.close()


def _cells(browser: Browser, url: str) -> dict[str, Image.Image]:
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.goto(f"{url}/connexion")
    page.evaluate(_DRAW, [_WHOLE, _SIDE])
    whole = Image.open(BytesIO(page.locator("body").screenshot())).convert("RGB")
    page.close()
    places = ((number % 20 * _SIDE, number // 20 * _SIDE) for number in range(len(_WHOLE)))
    return {sign: whole.crop((x, y, x + _SIDE, y + _SIDE)) for sign, (x, y) in zip(_WHOLE, places, strict=True)}


def _ink(cell: Image.Image) -> tuple[int, int]:
    """How many pixels are drawn, and how many of them in the colour of the text, as an empty square would be."""
    inked = [rgb for rgb in cell.get_flattened_data() if rgb != (255, 255, 255)]
    return len(inked), sum(red > 250 and blue > 250 for red, _green, blue in inked)


@pytest.fixture(scope="module")
def usual(chrome: Browser, server: Served) -> dict[str, Image.Image]:
    """Each picture on this computer."""
    return _cells(chrome, server.url)


@pytest.fixture(scope="module")
def without(bare: Browser, server: Served) -> dict[str, Image.Image]:
    """Each picture where the computer has no emoji font."""
    return _cells(bare, server.url)


@for_each("sign", _WHOLE)
def test_every_picture_is_drawn_and_the_same_without_an_emoji_font(
    usual: dict[str, Image.Image], without: dict[str, Image.Image], sign: str
) -> None:
    drawn, plain = _ink(without[sign])
    assert drawn > 60 and plain < drawn / 3, f"an empty square: {drawn} pixels, {plain} in the text’s colour"
    assert without[sign].tobytes() == usual[sign].tobytes(), "another picture where the computer has its own"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tiles_show_the_same_pictures(chrome: Browser, bare: Browser, server: Served, width: int) -> None:
    def tiles(browser: Browser) -> list[bytes]:
        page = browser.new_page(viewport={"width": width, "height": 1600}, locale="fr-FR")
        session.enter_as_guest(page, server.url)
        page.goto(f"{server.url}/metiers")
        session.arrived(page, "Trouver des métiers")
        pictures: Locator = page.get_by_test_id("stIconEmoji")
        expect(pictures).to_have_count(14)
        page.evaluate("document.fonts.ready")
        taken = [picture.screenshot() for picture in pictures.all()]
        page.close()
        return taken

    usual, without = tiles(chrome), tiles(bare)
    assert len(set(without)) == 14, "two tiles look the same"
    assert usual == without


def test_the_bare_browser_has_no_emoji_of_its_own(bare: Browser) -> None:
    """Otherwise the tests above would prove nothing."""
    page = bare.new_page()
    page.set_content("<p style='font: 30px sans-serif; color: #f0f'>👕</p>")
    drawn, plain = _ink(Image.open(BytesIO(page.locator("p").screenshot())).convert("RGB"))
    page.close()
    assert plain == drawn
