"""Reads the catalogue under data/jobs (the sheets of everyday jobs and the word files) and checks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, read_content, shown_path
from clicnjob.jobs.folding import folded_words, singular_form
from clicnjob.paths import DATA

JOBS = DATA / "jobs"
NEIGHBOURS = 7  # neighbours of a code, at most

Code = Annotated[str, Field(pattern=r"^[A-N]\d{4}$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Said = Annotated[str, Field(min_length=1, max_length=80)]
Refused = Literal["insulte", "juron", "bruit", "sensible", "sante", "vague"]


class Category(ContentModel):
    """One everyday job, as its sheet shows it. `rome` holds its ROME parent codes, the most typical first.

    `fiche_officielle` is the code of the official sheet that shows this job, where the first parent now shows another:
    F1610, once roofing, shows solar panels.
    """

    cle: Key
    nom_m: str = Field(min_length=2, max_length=40)
    nom_f: str = Field(min_length=2, max_length=40)
    icone: str = Field(min_length=1, max_length=16)
    resume: str = Field(min_length=1)
    gestes: tuple[str, ...] = Field(min_length=3, max_length=6)
    ou: str = Field(min_length=1, max_length=90)
    avec_qui: str = Field(min_length=1, max_length=60)
    horaires: str = Field(min_length=1, max_length=110)
    ce_qui_aide: tuple[str, ...] = Field(min_length=2, max_length=4)
    sans_diplome: tuple[str, ...] = Field(min_length=2, max_length=4)
    proches: tuple[Key, ...] = Field(min_length=2, max_length=4)
    riasec: str = Field(pattern=r"^[RIASEC]{1,3}$")
    rome: tuple[Code, ...] = Field(min_length=1)
    fiche_officielle: Code | None = None
    rome_rattaches: tuple[Code, ...] = ()
    activites: tuple[str, ...] = Field(default=(), max_length=4)

    @property
    def official_sheet(self) -> str:
        """The ROME code to open on MétierScope."""
        return self.fiche_officielle or self.rome[0]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every ROME parent code that belongs to this job."""
        return self.rome + self.rome_rattaches


class CatalogueLine(ContentModel):
    """One idea: the words people use for it, and the ROME parent codes they mean, the nearest first."""

    mots: tuple[Said, ...] = Field(min_length=1)
    codes: tuple[Code, ...] = Field(min_length=1, max_length=8)


class Brand(ContentModel):
    """Brands that lead to the same jobs: naming any of them gives these codes."""

    modele: Said
    codes: tuple[Code, ...] = Field(min_length=1, max_length=8)
    marques: tuple[Said, ...] = Field(min_length=1)


class Near(ContentModel):
    """The codes with the work most similar to that of `code`, the nearest first."""

    code: Code
    proches: tuple[Code, ...] = Field(min_length=1, max_length=5)


class Short(ContentModel):
    """Short spellings (SMS) and the words that they stand for."""

    mots: tuple[Said, ...] = Field(min_length=1)
    dire: Said


class RefusedPhrase(ContentModel):
    """Words that get no job, of one kind, and the sentence shown instead.

    An entry that ends in « … » also matches whatever follows it.
    """

    sorte: Refused
    phrase: str = Field(min_length=1, max_length=240)
    mots: tuple[Said, ...] = Field(min_length=1)


LINES = ("titres", "argot", "verbes", "noms", "lieux", "diplomes", "souhaits", "langues")


@dataclass(frozen=True)
class Lexicon:
    """All word files. `lines` maps the name of a file to its ideas."""

    lines: dict[str, tuple[CatalogueLine, ...]]
    brands: tuple[Brand, ...]
    near: dict[str, tuple[str, ...]]
    short: dict[str, str]
    unanswered: tuple[RefusedPhrase, ...]
    off_topic: tuple[RefusedPhrase, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """The sheets, in the order of the files, and the word files that lead to them."""

    categories: tuple[Category, ...]
    lexicon: Lexicon

    @cached_property
    def by_code(self) -> dict[str, Category]:
        """The one sheet of each ROME parent code."""
        return {code: category for category in self.categories for code in category.codes}

    @cached_property
    def by_key(self) -> dict[str, Category]:
        """The sheets by key."""
        return {category.cle: category for category in self.categories}

    @cached_property
    def near_codes(self) -> dict[str, tuple[str, ...]]:
        """The neighbours of each code, the nearest first: by the file, by the file read backwards, by the sheets."""
        backwards: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for code, near in self.lexicon.near.items():
            for place, one in enumerate(near):
                backwards[one].append((place, code))
        found = {}
        for code, category in self.by_code.items():
            by_file = (*self.lexicon.near.get(code, ()), *(one for _, one in sorted(backwards[code])))
            by_sheet = (*category.rome, *(self.by_key[key].rome[0] for key in category.proches))
            found[code] = tuple(one for one in dict.fromkeys((*by_file, *by_sheet)) if one != code)[:NEIGHBOURS]
        return found


def read_catalogue(folder: Path = JOBS) -> Catalogue:
    """Read the sheets and the word files of `folder`. Raises ContentMistakes, which lists what is wrong."""
    categories = _read_categories(folder)
    lexicon = read_lexicon(folder / "mots")
    known = {code for category in categories for code in category.codes}
    mistakes = tuple(_unknown_codes(folder / "mots", lexicon, known)) if known else ()
    if mistakes:
        raise ContentMistakes(mistakes)
    return Catalogue(categories, lexicon)


def read_lexicon(folder: Path = JOBS / "mots") -> Lexicon:
    """Read the word files alone. Raises ContentMistakes, for example for a word given twice or a malformed code."""
    lines = {name: tuple(read_content(list[CatalogueLine], folder / f"{name}.yaml")) for name in LINES}
    brands = tuple(read_content(list[Brand], folder / "marques.yaml"))
    near = read_content(list[Near], folder / "voisins.yaml")
    short = read_content(list[Short], folder / "sms.yaml")
    unanswered = tuple(read_content(list[RefusedPhrase], folder / "refus.yaml"))
    off_topic = tuple(read_content(list[RefusedPhrase], folder / "hors_sujet.yaml"))
    empty = tuple(read_content(list[Said], folder / "phrases_vides.yaml"))
    mistakes = (
        *_given_twice(folder, {**lines, "marques": brands, "refus": unanswered}),
        *_given_twice(folder, {"refus": unanswered, "hors_sujet": off_topic}),
    )
    if mistakes:
        raise ContentMistakes(mistakes)
    return Lexicon(
        lines,
        brands,
        {one.code: one.proches for one in near},
        {key: one.dire for one in short for word in one.mots for key in _short_keys(word)},
        unanswered,
        off_topic,
        empty,
    )


def _short_keys(word: str) -> Iterator[str]:
    """Yield the spelling as written and in the singular, so that « keufs » also gives « keuf »."""
    yield " ".join(folded_words(word))
    yield " ".join(map(singular_form, folded_words(word)))


def spoken_forms(line: CatalogueLine | Brand | RefusedPhrase) -> tuple[str, ...]:
    """Return the words that people use for this line."""
    return line.marques if isinstance(line, Brand) else line.mots


def _read_categories(folder: Path) -> tuple[Category, ...]:
    files = sorted((folder / "fiches").glob("*.yaml"))
    if not files:
        return ()
    lists = [(file, read_content(list[Category], file)) for file in files]
    mistakes = tuple(_misplaced_keys(lists))
    if mistakes:
        raise ContentMistakes(mistakes)
    return tuple(category for _, categories in lists for category in categories)


def _misplaced_keys(lists: list[tuple[Path, list[Category]]]) -> Iterator[str]:
    """Report duplicate keys and codes, and unknown neighbouring jobs, each with file and line."""
    placed = [
        (f"{shown_path(file)}:{number}", category)
        for file, categories in lists
        for number, category in zip(entry_lines(file), categories, strict=True)
    ]
    keys: dict[str, str] = {}
    codes: dict[str, str] = {}
    for place, category in placed:
        if category.cle in keys:
            yield f"{place} : la clé « {category.cle} » est déjà prise dans {keys[category.cle]}."
        keys[category.cle] = place
        for code in category.codes:
            if code in codes:
                yield f"{place} : {code} est dans « {category.cle} » et déjà dans « {codes[code]} »."
            codes[code] = category.cle
    for place, category in placed:
        for key in category.proches:
            if key not in keys:
                yield f"{place} : « {category.cle} » a pour proche « {key} », qui n’existe pas."


def _given_twice(folder: Path, files: dict[str, tuple[CatalogueLine | Brand | RefusedPhrase, ...]]) -> Iterator[str]:
    """Report words given on two lines: they would lead to the jobs of both, or of whichever comes first."""
    places: dict[tuple[str, ...], str] = {}
    for name, lines in files.items():
        numbers = entry_lines(folder / f"{name}.yaml")
        for number, line in zip(numbers, lines, strict=True):
            for word in spoken_forms(line):
                key = tuple(map(singular_form, folded_words(word)))
                place = f"{name}.yaml:{number}"
                if not key:
                    yield f"{shown_path(folder / f'{name}.yaml')}:{number} : « {word} » n’a pas de lettres."
                    continue
                if word.endswith("…"):  # « test … » and « test » may have different meanings
                    key = (*key, "…")
                if places.setdefault(key, place) != place:
                    yield f"{shown_path(folder / f'{name}.yaml')}:{number} : « {word} » est déjà dans {places[key]}."


def _unknown_codes(folder: Path, lexicon: Lexicon, known: set[str]) -> Iterator[str]:
    files: dict[str, tuple[CatalogueLine | Brand, ...]] = {**lexicon.lines, "marques": lexicon.brands}
    for name, lines in files.items():
        file = folder / f"{name}.yaml"
        for number, line in zip(entry_lines(file), lines, strict=True):
            yield from (
                f"{shown_path(file)}:{number} : {code} n’est sur aucune fiche."
                for code in line.codes
                if code not in known
            )
    file = folder / "voisins.yaml"
    for number, (code, near) in zip(entry_lines(file), lexicon.near.items(), strict=True):
        yield from (
            f"{shown_path(file)}:{number} : {one} n’est sur aucune fiche." for one in (code, *near) if one not in known
        )


def entry_lines(file: Path) -> list[int]:
    """Return the line numbers of the entries of a word file; each entry is one line that begins with « - »."""
    rows = file.read_text(encoding="utf-8").splitlines()
    return [number for number, row in enumerate(rows, 1) if row.startswith("- ")]
