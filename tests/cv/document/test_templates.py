"""Each model is a folder that stands by itself, legible, and told all its mistakes at once."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from clicnjob import typeset
from clicnjob.cv.document import templates as module
from clicnjob.cv.document.preview import thinned_colour
from clicnjob.cv.document.templates import (
    BadTemplates,
    UnknownTemplate,
    all_templates,
    contrast_ratio,
    template_by_key,
)
from clicnjob.paths import TEMPLATES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(TEMPLATES / "sobre", tmp_path / "copie")
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    all_templates.cache_clear()
    yield tmp_path / "copie"
    all_templates.cache_clear()


def test_at_least_eight_models_are_there_and_the_sober_one_comes_first() -> None:
    keys = [t.key for t in all_templates()]
    assert keys[0] == "sobre" and len(keys) >= 8


def test_every_model_offers_the_same_eight_colours_and_comes_in_one_of_them() -> None:
    palettes = {tuple(colour.key for colour in model.colours) for model in all_templates()}
    assert len(palettes) == 1 and len(next(iter(palettes))) == 8
    assert all(model.own_colour in next(iter(palettes)) for model in all_templates())


def test_a_colour_of_an_earlier_palette_keeps_a_near_shade() -> None:
    model = template_by_key("sobre")
    now = {former: model.named_colour(former).key for former in ("encre", "sapin", "bordeaux", "brique", "prune")}
    assert now == {
        "encre": "nuit",
        "sapin": "foret",
        "bordeaux": "framboise",
        "brique": "terracotta",
        "prune": "violet",
    }


def test_a_copied_folder_is_a_new_model_with_nothing_else_to_declare(folder: Path) -> None:
    assert [t.key for t in all_templates()] == ["copie"]


def test_an_unknown_model_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownTemplate) as refusal:
        template_by_key("inconnu")
    assert "modèle" in refusal.value.sentence


def test_every_colour_is_legible_on_white_under_white_and_on_its_own_tint() -> None:
    for model in all_templates():
        for colour in model.colours:
            assert contrast_ratio(colour.hex) >= 4.5, (model.key, colour.name)
            assert contrast_ratio(colour.hex, thinned_colour(colour.hex, 0.1)) >= 4.5, (model.key, colour.name)


def test_all_the_mistakes_of_a_model_are_told_at_once(folder: Path) -> None:
    text = (folder / "model.toml").read_text(encoding="utf-8")
    text = text.replace('nom = "Sobre"', "").replace("[12, 11.5, 11, 10.5, 10, 9.5, 9]", "[9, 12]")
    text = text.replace('forme = "carree"', 'forme = "étoile"').replace('couleur = "nuit"', 'couleur = "jaune"')
    (folder / "model.toml").write_text(text, encoding="utf-8")
    (folder / "preview.css").unlink()
    with pytest.raises(BadTemplates) as mistakes:
        all_templates()
    told = str(mistakes.value)
    assert all(word in told for word in ("« nom »", "« tailles »", "« forme »", "« couleur »", "preview.css")), told


def test_a_file_that_is_not_toml_is_told_by_its_name(folder: Path) -> None:
    (folder / "model.toml").write_text("ceci n’est pas du toml", encoding="utf-8")
    with pytest.raises(BadTemplates, match="cv_templates/copie/model.toml"):
        all_templates()


def test_a_colour_of_the_list_is_used_by_key_or_by_value_and_a_pale_one_is_not() -> None:
    model = template_by_key("sobre")
    first, second = model.accent_colour(model.own_colour), model.colours[1]
    assert model.accent_colour(second.key) == model.accent_colour(second.hex.upper()) == second.hex
    assert model.accent_colour("#ffff00") == model.accent_colour("") == model.accent_colour("rouge") == first


def test_the_fonts_that_a_model_names_are_bundled_with_their_licence() -> None:
    for model in all_templates():
        for font in (model.font, model.title_font):
            files = list((typeset.FONTS / font.lower().replace(" ", "-")).iterdir())
            assert any(f.suffix == ".ttf" for f in files) and any(f.name == "OFL.txt" for f in files), font


def test_a_model_is_plain_data_that_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        template_by_key("sobre").name = "autre"  # type: ignore[misc]
    assert replace(template_by_key("sobre"), name="autre").name == "autre"
