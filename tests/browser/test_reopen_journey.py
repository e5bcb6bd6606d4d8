"""« Reprendre mon CV » by a guest on a computer and on a telephone, and with a card; by the keyboard too."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from clicnjob.cv.document import compose, pdf
from clicnjob.cv.document.downloads import CARRIED
from clicnjob.cv.exchange import work_file
from clicnjob.cv.model.guide import STAGES
from clicnjob.cv.model.profile import Cv, Experience, Profile
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served
from tests.browser.session import reach
from tests.old_cvs import docx_layouts, pdf_layouts, people

PROFILE = Profile(
    first_name="Awa", last_name="Ba", experiences=[Experience(title="Vendeuse", place="Boulangerie du Port")]
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF made here, CVs made elsewhere, a photo, and a file from another tool."""
    folder, cv = tmp_path_factory.mktemp("brought"), Cv(job_wanted="Vendeuse")
    page = compose.compose_document(PROFILE, cv)
    (folder / "ours.pdf").write_bytes(
        pdf.pdf_page(page, attachments={CARRIED: work_file.write_page(PROFILE, cv, None)}).pdf
    )
    (folder / "old.pdf").write_bytes(pdf_layouts.pdf_of(pdf_layouts.two_columns(people.KEVIN)))
    (folder / "old.docx").write_bytes(docx_layouts.docx_of(docx_layouts.table_of_dates, people.LEA))
    (folder / "photo.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"0" * 500)
    (folder / "other.json").write_text('{"basics": {"name": "BA Awa", "phone": "sur demande"}}', encoding="utf-8")
    return folder


def at_the_box(new_context: NewContext, server: Served, width: int) -> Page:
    context = new_context(width=width, height=looks.WIDTHS[width])
    context.add_init_script(path=looks.AXE)
    page = context.new_page()
    session.enter_as_guest(page, server.url)
    door = page.get_by_role("button", name="Reprendre mon CV")
    expect(door).to_be_in_viewport(ratio=1)
    session.press(page, "Reprendre mon CV")
    session.arrived(page, "Reprendre mon CV")
    return page


@pytest.mark.parametrize("width", looks.WIDTHS)
def test_a_file_made_here_is_reopened_from_the_first_screen(
    new_context: NewContext, server: Served, files: Path, width: int
) -> None:
    page = at_the_box(new_context, server, width)
    assert looks.faults(page) == []
    session.give_file(page, files / "photo.heic")
    expect(page.get_by_text("C’est une photo")).to_be_visible()
    assert looks.faults(page) == []
    session.give_file(page, files / "other.json")
    expect(page.get_by_text("Ton téléphone")).to_be_visible()
    expect(page.get_by_text("C’est une photo")).not_to_be_visible()
    assert looks.faults(page) == []
    session.press(page, "Choisir un autre fichier")
    session.give_file(page, files / "ours.pdf")
    session.press(page, "Reprendre ce travail")
    session.arrived(page, "Bonjour Awa")
    expect(page.get_by_text("C’est repris.")).to_be_visible()


@pytest.mark.parametrize("width", looks.WIDTHS)
@pytest.mark.parametrize("name", ["old.pdf", "old.docx"])
def test_a_cv_made_elsewhere_is_asked_about_and_stays_beside_the_questions(
    new_context: NewContext, server: Served, files: Path, width: int, name: str
) -> None:
    page = at_the_box(new_context, server, width)
    session.give_file(page, files / name)
    expect(page.get_by_role("heading", name="Est-ce ton nom")).to_be_visible()
    assert looks.faults(page) == []
    session.press(page, "Oui")
    expect(page.get_by_role("heading", name="Est-ce ton numéro")).to_be_visible()
    end = page.get_by_role("heading", name="C’est tout ce qu’on a trouvé.")
    while not end.is_visible():
        with contextlib.suppress(PlaywrightTimeoutError):  # the last « Oui » may leave under the hand
            page.get_by_role("button", name="Oui", exact=True).first.click(timeout=2_000)
        session.calm(page)
    expect(end).to_be_visible()
    assert looks.faults(page) == []
    session.press(page, "Continuer mon CV")
    page.wait_for_url("**/construire*")
    expect(session.title(page)).not_to_have_text(re.compile("Reprendre mon CV|Comment t’appelles-tu"))
    session.jump(page, STAGES["identite"])  # answered, so it was not asked again
    session.asked(page, "prenom_nom")
    expect(page.get_by_label("Prénom")).to_have_value("Kévin" if name == "old.pdf" else "Léa")
    page.get_by_text("Mon ancien CV").click()
    expect(page.get_by_role("group", name="Ton ancien CV")).to_be_visible()
    assert looks.faults(page) == []


def test_the_questions_about_an_old_cv_are_answered_by_the_keyboard_alone(
    new_context: NewContext, server: Served, files: Path
) -> None:
    page = at_the_box(new_context, server, 1280)
    session.give_file(page, files / "old.docx")
    for heading in ("Est-ce ton nom", "Est-ce ton numéro"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        reach(page, "Oui")
        page.keyboard.press("Enter")
        session.calm(page)
    expect(page.get_by_role("heading", name="Est-ce ton adresse e-mail")).to_be_visible()


def test_somebody_with_a_card_finds_the_door_among_their_cvs(
    server: Served, new_context: NewContext, files: Path
) -> None:
    page = new_context().new_page()
    session.enter_with_card(page, server.url, *server.keys["Lina Morel"])
    session.arrived(page, "Bonjour Lina")
    page.get_by_role("link", name="Mes CV").click()
    session.arrived(page, "Mes CV")
    session.press(page, "Reprendre un CV que j’ai déjà")
    session.arrived(page, "Reprendre mon CV")
    session.give_file(page, files / "ours.pdf")
    expect(page.get_by_text(re.compile("Tes réponses d’ici seront remplacées"))).to_be_visible()
