"""Reads the CV models: each is a folder under cv_templates/ that a designer makes by copying another one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from clicnjob.cv.model.profile import PhotoShape
from clicnjob.errors import Refusal
from clicnjob.paths import TEMPLATES

DEFAULT = "sobre"
_HEX = re.compile(r"#[0-9a-f]{6}")
_FILES = ("cv.typ", "cv.docx", "preview.css")
_VOLET_PHOTO_MM = 17  # a side panel is so much wider with a photo
_CHOICES = (
    ("photo", "place", ("droite", "gauche", "haut", "volet")),
    ("photo", "forme", ("ronde", "carree")),
    ("", "competences", ("liste", "ligne")),
)
_PALETTE = TEMPLATES / "_common" / "couleurs.toml"
_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 (AA), for text of ordinary size
_NUMBERS = {
    "marges": ("haut", "droite", "bas", "gauche"),
    "nom_affiche": ("taille", "lignes"),
    "photo": ("taille",),
}
# The kinds of blocks that the gauge counts: those beside which the photo may stand, then those below, then the photo.
HEAD_KINDS = ("tete", "nom", "nom_ligne", "metier", "disponibilite", "contact", "contact_ligne")
BODY_KINDS = (
    *("accroche", "accroche_phrase", "accroche_ligne", "section", "atouts", "faits", "groupe"),
    *("entree", "intitule", "lieu", "puces", "puce_phrase", "puce_ligne"),
    *("rangee", "rangee_ligne", "liste_phrase", "liste_ligne", "atout_phrase"),
)
Heights = dict[str, tuple[float, float]]


class UnknownTemplate(Refusal):
    """Raised when no model has this key; the caller offers the list."""

    sentence = "Ce modèle de CV n’existe pas. Choisis-en un autre dans la liste."


class BadTemplates(ValueError):
    """Raised with all mistakes of the models at once, each with its file."""


@dataclass(frozen=True, slots=True)
class Colour:
    """An accent colour of a model. `hex` is '#rrggbb', with AA contrast on white and under white text."""

    key: str
    name: str
    hex: str
    formerly: tuple[str, ...] = ()  # keys of earlier palettes that it replaces

    @property
    def contrast(self) -> float:
        """The contrast with white."""
        return contrast_ratio(self.hex)


@dataclass(frozen=True, slots=True)
class Template:
    """One model. Lengths are in millimetres, sizes in points, largest first.

    `word_font` is the font that Word shows on a computer without `font`.
    """

    key: str
    name: str
    description: str
    colours: tuple[Colour, ...]
    own_colour: str  # the key of the colour that it comes in
    font: str
    title_font: str
    word_font: str
    sizes: tuple[float, ...]
    margins: tuple[float, float, float, float]  # top, right, bottom, left
    skills_in_rows: bool  # whether skills always share rows
    name_em: float  # the largest size of the name
    name_lines: int  # 2 when the family name has a line of its own
    opening_em: float
    inset_em: float  # the room that sections lose to a border or a line of time
    photo_place: str  # "droite", "gauche" (beside the head), "haut" (above it) or "volet" (in the side panel)
    photo_em: float
    photo_shape: PhotoShape
    gauge: Heights = field(hash=False)  # em without air and em that the air multiplies, by kind of block; see gauge.py
    word: tuple[tuple[str, Any], ...] = field(hash=False)  # values that only the Word file needs

    @property
    def folder(self) -> Path:
        """The folder with the files of the model."""
        return TEMPLATES / self.key

    @property
    def photo_beside(self) -> bool:
        """Whether the photo takes room from the words of the head."""
        return self.photo_place in ("droite", "gauche")

    def page_margins(self, *, photo: bool) -> tuple[float, float, float, float]:
        """Return the margins in millimetres: top, right, bottom, left. A side panel widens to hold the photo."""
        top, right, bottom, left = self.margins
        return top, right, bottom, left + (_VOLET_PHOTO_MM if photo and self.photo_place == "volet" else 0)

    def accent_colour(self, colour: str) -> str:
        """Return the accent for `colour` ('#rrggbb' or one of our keys), or the model's own one if unusable."""
        if _HEX.fullmatch(colour.lower()) and contrast_ratio(colour.lower()) >= _CONTRAST:
            return colour.lower()
        return self.named_colour(colour).hex

    def named_colour(self, key: str) -> Colour:
        """Return the colour of this key, also of a former one, or the model's own one."""
        found = next((c for c in self.colours if key == c.key or key in c.formerly), None)
        return found or next(c for c in self.colours if c.key == self.own_colour)


@lru_cache(maxsize=1)
def all_templates() -> tuple[Template, ...]:
    """Return every model, the default one first, then by name. Raises BadTemplates with all mistakes."""
    folders = sorted(path.parent for path in TEMPLATES.glob("[!_]*/model.toml"))
    mistakes: list[str] = []
    colours = _read_colours(mistakes)
    read = [template for folder in folders if (template := _read_template(folder, colours, mistakes))]
    if mistakes:
        raise BadTemplates("\n".join(mistakes))
    return tuple(sorted(read, key=lambda t: (t.key != DEFAULT, t.name)))


def template_by_key(key: str) -> Template:
    """Return the model of this key. Raises UnknownTemplate."""
    found = next((t for t in all_templates() if t.key == key), None)
    if found is None:
        raise UnknownTemplate
    return found


def contrast_ratio(hex_colour: str, other: str = "#ffffff") -> float:
    """Return the WCAG contrast ratio of two '#rrggbb' colours, from 1 to 21."""
    dark, light = sorted((_relative_luminance(hex_colour), _relative_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _relative_luminance(hex_colour: str) -> float:
    parts = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read_colours(mistakes: list[str]) -> tuple[Colour, ...]:
    """Read the palette that all models share."""
    raw = _read_toml(_PALETTE, mistakes)
    if raw is None:
        return ()
    found = [f"cv_templates/_common/{_PALETTE.name} : {mistake}" for mistake in _colour_mistakes(raw.get("couleurs"))]
    mistakes.extend(found)
    if found:
        return ()
    return tuple(Colour(c["cle"], c["nom"], c["hex"], tuple(c.get("autrefois", ()))) for c in raw["couleurs"])


def _read_toml(path: Path, mistakes: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"cv_templates/{path.parent.name}/{path.name} : ce fichier ne se lit pas ({error}).")
        return None


def _read_template(folder: Path, colours: tuple[Colour, ...], mistakes: list[str]) -> Template | None:
    raw = _read_toml(folder / "model.toml", mistakes)
    if raw is None:
        return None
    keys = tuple(colour.key for colour in colours)
    found = [f"cv_templates/{folder.name}/model.toml : {wrong}" for wrong in _template_mistakes(raw, folder, keys)]
    mistakes.extend(found)
    return None if found else _template_of(folder.name, raw, colours)


def _template_mistakes(raw: dict[str, Any], folder: Path, colours: tuple[str, ...]) -> Iterator[str]:
    for name in ("nom", "description", "police", "police_titres", "police_word"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            yield f"il manque « {name} »."
    for table, names in _NUMBERS.items():
        for name in names:
            if not isinstance(raw.get(table, {}).get(name), int | float):
                yield f"« {table}.{name} » doit être un nombre."
    yield from _size_mistakes(raw.get("tailles"))
    for table, name, known in _CHOICES:
        if (raw.get(table, {}) if table else raw).get(name) not in known:
            yield f"« {name} » doit être l’un de : {', '.join(known)}."
    if colours and raw.get("couleur") not in colours:
        yield f"« couleur » doit être l’une de : {', '.join(colours)}."
    yield from (f"il manque le fichier « {name} » à côté." for name in _FILES if not (folder / name).is_file())


def _size_mistakes(sizes: Any) -> Iterator[str]:
    if not isinstance(sizes, list) or not sizes or not all(isinstance(s, int | float) for s in sizes):
        yield "« tailles » doit être une liste de nombres, par exemple [10.5, 9]."
    elif sizes != sorted(sizes, reverse=True) or sizes[-1] < 9:
        yield "« tailles » va de la plus grande à la plus petite, jamais sous 9 points."


def _colour_mistakes(colours: Any) -> Iterator[str]:
    if not isinstance(colours, list) or not colours:
        yield "il faut au moins une couleur dans « couleurs »."
        return
    for number, colour in enumerate(colours, start=1):
        if not all(isinstance(colour.get(k), str) for k in ("cle", "nom", "hex")):
            yield f"la couleur {number} doit avoir « cle », « nom » et « hex »."
        elif not _HEX.fullmatch(colour["hex"]):
            yield f"la couleur « {colour['nom']} » s’écrit #rrggbb, en minuscules."
        elif contrast_ratio(colour["hex"]) < _CONTRAST:
            yield f"la couleur « {colour['nom']} » est trop claire pour être lue sur du blanc."


def _template_of(key: str, raw: dict[str, Any], colours: tuple[Colour, ...]) -> Template:
    margins, gauge, photo = raw["marges"], raw.get("jauge", {}), raw["photo"]
    return Template(
        key=key,
        name=raw["nom"],
        description=raw["description"],
        colours=colours,
        own_colour=raw["couleur"],
        font=raw["police"],
        title_font=raw["police_titres"],
        word_font=raw["police_word"],
        sizes=tuple(raw["tailles"]),
        margins=(margins["haut"], margins["droite"], margins["bas"], margins["gauche"]),
        skills_in_rows=raw["competences"] == "ligne",
        name_em=raw["nom_affiche"]["taille"],
        name_lines=raw["nom_affiche"]["lignes"],
        opening_em=raw.get("accroche", 1.14),
        inset_em=raw.get("retrait", 0),
        photo_place=photo["place"],
        photo_em=photo["taille"],
        photo_shape="round" if photo["forme"] == "ronde" else "square",
        gauge={kind: tuple(gauge.get(kind, (0, 0))) for kind in (*HEAD_KINDS, *BODY_KINDS, "photo")},
        word=tuple(raw.get("word", {}).items()),
    )
