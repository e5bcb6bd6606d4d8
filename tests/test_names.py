"""The names of the code, kept by machines: one meaning a class, an act and its object a function, no metaphor, no circle."""

from __future__ import annotations

import re
from functools import cache

from clicnjob.paths import ROOT
from tests import metrics

MOST_ONE_WORD = 35
SHARE_OF_ONE_WORD = 0.1

# Public names of one word that stay, by the end of their path, with the reason.
COMMAND = "Typer makes the command of this name, and people have typed it since the first release."
LIBRARY = "A library calls it by this name."
OF_ITS_CLASS = "The object is the class: `OwnWork.change` changes the own work."
LIKE_A_DICT = "A key of the session is read and changed like one entry of a dict, in the words that every reader knows."
KNOWN_ONE_WORD = {
    "__main__.main": "The entry point that pyproject.toml names.",
    "program.main": "The entry point of a program of its own.",
    "__main__.run": COMMAND,
    "__main__.demo": COMMAND,
    "__main__.check": COMMAND,
    "__main__.migrate": COMMAND,
    "__main__.questionnaire": COMMAND,
    "cli.copies.backup": COMMAND,
    "cli.copies.restore": COMMAND,
    "cli.moving.move": COMMAND,
    "cli.cv.render": COMMAND,
    "cli.privacy.purge": COMMAND,
    "cli.staff.reset": COMMAND,
    "cli.staff.roles": COMMAND,
    "cli.staff.close": COMMAND,
    "cli.staff.unlock": COMMAND,
    "Commands.command": LIBRARY,
    "JsonLineFormatter.format": LIBRARY,
    "_Unsaid.filter": LIBRARY,
    "_LineCounter.emit": LIBRARY,
    "streamlit_patches.install.install": "The object is the room: `install(level)` puts its patches in.",
    "OwnWork.saved": OF_ITS_CLASS,
    "OwnWork.read": OF_ITS_CLASS,
    "OwnWork.change": OF_ITS_CLASS,
    "OwnWork.undo": OF_ITS_CLASS,
    "Key.get": LIKE_A_DICT,
    "Key.set": LIKE_A_DICT,
    "Key.take": LIKE_A_DICT,
    "Key.clear": LIKE_A_DICT,
    "DictKey.entries": LIKE_A_DICT,
}

# Imports inside a function that stay, by « module.function », with the reason.
SLOW = "The command line answers at once: what one command needs is not loaded for the others."
KNOWN_DEFERRED = {
    "clicnjob.__main__._make_cohorts": SLOW,
    "clicnjob.__main__.check": SLOW,
    "clicnjob.__main__.demo": SLOW,
    "clicnjob.__main__.run": SLOW,
    "pdf_reading.read_pdf": "It runs in a process apart, which loads only what it needs.",
    "clicnjob.bounded.program.limit_process": "`resource` does not exist on Windows.",
}


@cache
def code() -> list[metrics.Module]:
    """Read when a test needs it: every worker imports this module, and one of them runs its tests."""
    return metrics.modules(ROOT)


@cache
def functions() -> list[metrics.Defined]:
    return metrics.functions(code())


def _ends_with(path: str, known: dict[str, str]) -> bool:
    return any(path == one or path.endswith(f".{one}") for one in known)


def test_no_two_classes_share_a_name() -> None:
    assert metrics.colliding_classes(code()) == {}


def test_a_public_function_says_its_act_and_its_object() -> None:
    short = [str(one) for one in functions() if one.is_one_word and one.is_public]
    assert [path for path in short if not _ends_with(path, KNOWN_ONE_WORD)] == []
    assert len(short) <= MOST_ONE_WORD


def test_every_known_name_of_one_word_is_still_there() -> None:
    paths = [str(one) for one in functions()]
    assert [one for one in KNOWN_ONE_WORD if not any(_ends_with(path, {one: ""}) for path in paths)] == []


def test_private_names_of_one_word_stay_few() -> None:
    short = sum(one.is_one_word for one in functions())
    assert short / len(functions()) <= SHARE_OF_ONE_WORD


def test_no_metaphor_names_a_module_or_a_function() -> None:
    refused = _refused_words()
    assert len(refused) >= 6
    found = [one.name for one in code() if refused & _words(one.name.rpartition(".")[2])]
    found += [str(one) for one in functions() if refused & _words(one.name)]
    assert found == []


def _words(name: str) -> set[str]:
    return set(name.lower().split("_"))


def _refused_words() -> set[str]:
    """The first column of the table « Not | But » of the glossary; a door and doors are the same."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([a-z]+) \| `", glossary.partition("| Not | `But` |")[2], re.MULTILINE)
    return {*words, *(word.removesuffix("s") for word in words if word == "doors")}


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        found for found in metrics.deferred_imports(code()) if not _ends_with(found.partition(":")[0], KNOWN_DEFERRED)
    ]
    assert hidden == []


def test_every_known_deferred_import_is_still_there() -> None:
    places = [found.partition(":")[0] for found in metrics.deferred_imports(code())]
    assert [one for one in KNOWN_DEFERRED if not any(_ends_with(place, {one: ""}) for place in places)] == []


def test_one_module_alone_touches_the_session_state() -> None:
    found = metrics.raw_session_state([*code(), *metrics.modules(ROOT, "pages")])
    # It reads what the browser sent before any widget is drawn: Streamlit has no other place for it.
    assert [line for line in found if not line.startswith("clicnjob.ui.shell.script_run:")] == []


def test_modules_do_not_import_each_other() -> None:
    assert metrics.import_circles(code()) == []
