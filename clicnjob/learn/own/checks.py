"""What a lesson or a scene still misses, by the very rules of ours, each sentence with its box; and how a draft looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from clicnjob import content
from clicnjob.french import typography
from clicnjob.learn import content_rules, library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import typesetting
from clicnjob.learn.own.boxes import find_box
from clicnjob.learn.own.parts import PART_NAMES, lists_of
from clicnjob.learn.scene import Scene
from clicnjob.models import LearningKind
from clicnjob.own_content import drafts
from clicnjob.own_content.changes import Body, ContentMistake, PartGone, Path, value_at

MODELS: dict[LearningKind, type[Lesson] | type[Scene]] = {LearningKind.LESSON: Lesson, LearningKind.SCENE: Scene}
_TOUCHED = frozenset({"texte", "nom", "oui", "non", "alt", "signe"})  # what a button or a picture is named by


def whole_body(body: Body) -> Body:
    """Return the body as it is shown and checked: with French apostrophes and spaces, and empty hints left out."""
    made: Body = typesetting.typeset_body(body)
    for screen in made.get("ecrans", ()):
        if screen["genre"] == "comparer":
            screen["droite"]["bien"] = not screen["gauche"]["bien"]
    for question in made.get("quiz", ()):
        if "indice" in question and not question["indice"]:
            question["indice"] = None
    return made


def lesson_mistakes(body: Body, kind: LearningKind, *, today: date) -> tuple[ContentMistake, ...]:
    """Return what a lesson or a scene misses before young people may see it; () for one that is ready."""
    whole = whole_body(body)
    try:
        entry = MODELS[kind].model_validate(whole)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_input=False)
        told = [_content_mistake(error, whole, kind) for error in errors if not _is_echo(error, whole)]
        lost = list(_lost_ways(whole)) if kind is LearningKind.SCENE else []
        # The story itself is judged last: a way that is lost is then said twice, once by the id of a moment.
        return (*(one for one in told if one.path or not lost), *lost)
    found = [*_unknown_words(entry), *content_rules.content_faults(entry, today=today)]
    return tuple(ContentMistake(_path_of(place, whole, tagged=False), _as_sentence(said)) for place, said in found)


def ready_entry(body: Body, kind: LearningKind) -> Lesson | Scene:
    """Return the lesson or scene of a body without mistakes. Raises ValidationError for any other."""
    return MODELS[kind].model_validate(whole_body(body))


def draft_entry(body: Body, kind: LearningKind) -> Lesson | Scene:
    """Return the lesson or scene of a body to be looked at, whatever it still misses."""
    whole = whole_body(body)
    for listed in lists_of(kind):
        whole[listed] = _with_dots(whole[listed], listed)
    drafted: Lesson | Scene = drafts.construct_draft(MODELS[kind], whole)
    return drafted


def _with_dots(value: Any, key: str) -> Any:
    """Return a part with « … » for each word to touch that is not written yet."""
    if isinstance(value, dict):
        return {name: _with_dots(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_dots(one, key) for one in value]
    return "…" if value == "" and key in _TOUCHED else value


def _unknown_words(entry: Lesson | Scene) -> Iterator[content_rules.Fault]:
    if isinstance(entry, Lesson):
        if entry.theme not in library.lesson_themes():
            yield ("theme",), "choisissez un thème de la liste"
        if any(key not in library.gesture_words() for key in entry.gestes):
            yield ("gestes",), "choisissez un geste de la liste"


def _lost_ways(whole: Body) -> Iterator[ContentMistake]:
    """Say which choice or end of a scene leads to a moment that was taken out."""
    known = {one["id"] for one in whole["moments"]}
    if whole["debut"] not in known:
        yield ContentMistake(("debut",), "Choisissez par où l’histoire commence.")
    for moment in whole["moments"]:
        for choice in moment["choix"]:
            if choice["suite"] not in known:
                path: Path = ("moments", moment["id"], "choix", choice["id"], "suite")
                yield ContentMistake(path, "Choisissez où mène ce choix.")
        if moment["fin"] and moment["fin"]["refaire"] not in known:
            path = ("moments", moment["id"], "fin", "refaire")
            yield ContentMistake(path, "Choisissez d’où l’on recommence.")


def _is_echo(error: Any, whole: Body) -> bool:
    """Whether pydantic counts a list as too short only because something in it is still wrong, which is said there."""
    path = _path_of(error["loc"], whole)
    found = value_at(whole, path) if error["type"] == "too_short" else None
    return isinstance(found, list) and len(found) >= error["ctx"]["min_length"]


def _content_mistake(error: Any, whole: Body, kind: LearningKind) -> ContentMistake:
    path = _path_of(error["loc"], whole)
    box = find_box(whole, kind, path) if path else None
    name = box.label.split("\u00a0:")[0].split(",")[0] if box else _named_list(path)
    kept = _kept_at(whole, path)
    row = error["loc"][-1] if error["loc"] else ""
    if isinstance(kept, list) and isinstance(row, int) and row < len(kept):
        return ContentMistake(path, _as_sentence(f"ligne {row + 1} : {_mistake_sentence(error, name, kept[row])}"))
    said = _mistake_sentence(error, name, kept)
    for number, moment in enumerate(whole.get("moments", ()), start=1):  # an author knows a moment by its place
        said = said.replace(f"« {moment['id']} »", f"« {number}. {moment['qui']} »")
    return ContentMistake(path, _as_sentence(said))


def _mistake_sentence(error: Any, name: str, kept: Any) -> str:
    """Return what is wrong with what was typed; « trop long » says how long it may be."""
    if error["loc"][:1] == ("sources",):
        return "chaque source a un nom, puis son adresse, qui commence par https://"
    if kept in ("", []):
        return f"« {name} » est vide"
    if error["type"] in ("too_long", "string_too_long"):
        what = "lignes" if isinstance(kept, list) else "signes"
        return f"« {name} » est trop long : {error['ctx']['max_length']} {what} au plus"
    if error["type"] == "too_short":
        return f"« {name} » : il en faut {error['ctx']['min_length']} au moins"
    return content.mistake_sentence(error, field=name)


def _kept_at(whole: Body, path: Path) -> Any:
    try:
        return value_at(whole, path)
    except PartGone:
        return None


def _named_list(path: Path) -> str:
    if not path:
        return ""
    return _LIST_NAMES.get(path[-1]) or PART_NAMES.get(path[0], path[-1])


_LIST_NAMES = {"ecrans": "Les écrans", "quiz": "Les questions", "moments": "Les moments", "choix": "Les choix"}


def _as_sentence(said: str) -> str:
    told = typography.typeset_text(f"{said[:1].upper()}{said[1:]}")
    return told if told.endswith(("»", ".")) else f"{told}."


def _path_of(place: content_rules.Place, whole: Any, *, tagged: bool = True) -> Path:
    """Return the path of a place in the body, in which a part is named by its id.

    `tagged`: the place is pydantic's, which names the kind of a part once more behind it.
    """
    path: list[str] = []
    entered = ""  # the kind of the part that the place has just entered, which pydantic names once more
    for key in place:
        if isinstance(whole, list):
            if not isinstance(key, int) or key >= len(whole):
                break
            whole = whole[key]
            if not isinstance(whole, dict) or "id" not in whole:
                break
            path.append(whole["id"])
        elif key == entered:
            entered = ""
            continue
        elif isinstance(whole, dict):
            path.append(str(key))
            if key not in whole:
                break
            whole = whole[key]
        else:
            break
        entered = str(whole.get("genre", "")) if tagged and isinstance(whole, dict) else ""
    return tuple(path)
