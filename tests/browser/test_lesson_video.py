"""A trainer puts a video in their lesson, and a young person watches it with its subtitles, only when they want it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from clicnjob import db
from clicnjob.models import OwnLesson
from tests.browser import looks, session
from tests.browser.conftest import NewContext
from tests.browser.served import Served

SOURCE, TITLE = "Le mail\u00a0: Joindre ton CV à un mail", "Joindre ton CV à un mail"
RECORDED = Path(__file__).parents[1] / "fixtures" / "videos" / "lesson.webm"
RULES = ("axe", "title", "lang", "sideways", "english", "target", "escape", "apostrophe", "exception")
_STATE = """async () => {
  const video = document.querySelector("video");
  const before = [video.paused, video.preload, video.textTracks[0].mode];
  await video.play();
  await new Promise((done) => video.addEventListener("timeupdate", () => video.currentTime > 0.8 && done()));
  return [...before, Math.round(video.duration), video.textTracks[0].activeCues[0].text];
}"""


@pytest.fixture(scope="module")
def trainer(server: Served, new_context: NewContext) -> Page:
    """A trainer with a copy of a lesson of ours, on the form for its video."""
    page = _page(new_context)
    session.enter_as_staff(page, server.url, *server.keys["Hakim Ouali"], to=re.compile("."))
    page.goto(f"{server.url}/lecons")
    session.arrived(page, "Leçons de la structure")
    session.choose(page, "Ou partir d’une leçon de ClicNJob", SOURCE)
    session.press(page, "La copier")
    session.press(page, "Fini, voir la leçon")
    session.press(page, "Publier pour vos jeunes")
    expect(page.get_by_text("C’est publié.")).to_be_visible()
    page.goto(f"{server.url}/lecon-video/{_latest_lesson(server)}")
    return page


def test_a_video_is_put_there_with_its_words_and_watched(
    server: Served, new_context: NewContext, trainer: Page, tmp_path: Path
) -> None:
    faults = {"the form": looks.faults_at_both_widths(trainer)}
    spoken = tmp_path / "mots.vtt"
    spoken.write_text("WEBVTT\n\n00:00.200 --> 00:03.500\nVoici l’atelier.\n", encoding="utf-8")
    _send(trainer, spoken, spoken)
    expect(trainer.get_by_role("alert")).to_contain_text("n’est pas une vidéo lisible")
    expect(trainer.get_by_label("Ce qui est dit, en entier")).to_have_value("Voici l’atelier.")
    _send(trainer, RECORDED, spoken)
    expect(trainer.get_by_role("status").first).to_contain_text("La vidéo est en place, elle dure 4\u00a0secondes.")
    young = _page(new_context)
    sent: list[int] = []
    young.on("response", lambda answer: sent.append(answer.status) if "/video/" in answer.url else None)
    session.enter_with_card(young, server.url, *server.keys["Lina Morel"])
    young.goto(f"{server.url}/apprendre")
    session.arrived(young, "Apprendre")
    session.press(young, re.compile("Les leçons de ta structure"))
    session.press(young, re.compile(TITLE))
    expect(young.locator("video")).to_have_js_property("readyState", 4)
    faults["the lesson"] = looks.faults_at_both_widths(young)
    looks.take_pictures(young, "a lesson with a video")
    assert young.evaluate(_STATE) == [True, "metadata", "showing", 4, "Voici l’atelier."]
    assert set(sent) <= {200, 206}
    session.press(young, "Continuer")
    expect(young.locator("video")).to_have_count(0)
    told = {name: [one for one in found if one.rule in RULES] for name, found in faults.items()}
    assert told == {"the form": [], "the lesson": []}


def _page(new_context: NewContext, **size: Any) -> Page:
    context = new_context(**size)
    context.add_init_script(path=looks.AXE)
    return context.new_page()


def _send(page: Page, video: Path, spoken: Path) -> None:
    page.get_by_label("La vidéo", exact=True).set_input_files(video)
    page.get_by_label("Ses sous-titres").set_input_files(spoken)
    page.get_by_label("Ce qui est dit, en entier").fill("Voici l’atelier.")
    page.get_by_label("Qui l’a faite").fill("E2C du Port")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Mettre la vidéo").click()


def _latest_lesson(server: Served) -> str:
    engine = db.connect_engine(server.database)
    try:
        with db.read_transaction(engine) as rows:
            query = select(OwnLesson.id).where(col(OwnLesson.title) == TITLE)
            return rows.exec(query.order_by(col(OwnLesson.made_at).desc())).first() or ""
    finally:
        engine.dispose()
