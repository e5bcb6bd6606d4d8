"""An act on a button is a callback: a second click interrupts the run of a page, but never a callback."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from clicnjob.paths import ROOT

FILES = [
    path
    for folder in ("clicnjob/ui", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "trainer" not in path.parts and "workshop" not in path.parts  # group sessions have their own tests of hurry
]
BUTTONS = {"button", "form_submit_button"}
SAVING = {("transactions", "run_action"), ("transactions", "save_or_raise")}
GOING = {("way", "start_at")}  # where the guide goes on: the same again changes nothing
# Only ever shorter: the function, and why its act still stands in the body of a page.
REMAINING = {
    "start.end_first_settings": "a second click finds the settings saved, and only changes the page",
    "structures.new_structure": "it opens the team of what it has just made",
    "import_people.draw_confirmation": "it draws how far it is while it works",
}
# Only ever shorter: the callbacks of forms that a double click may call twice, and why that changes nothing.
MAY_BE_REPEATED = {
    "_save_numbers": "the numbers are the same the second time",
    "rename_structure": "the name is the same the second time",
    "MERGE_WITH.clear": "it closes the comparison",
    "_write_to_ticked": "the ticks of the people are gone after the first (confirmation.act_once)",
    "_propose_to_ticked": "the ticks of the people are gone after the first (confirmation.act_once)",
    "_propose_step_to_ticked": "the ticks of the people are gone after the first (confirmation.act_once)",
    "_put_on_list": "the ticks of the people are gone after the first (confirmation.act_once)",
    "_choose_ticked": "the answer is the same the second time",
    "_answer_line": "the answer is the same the second time",
    "_enter_answers": "the answers are the same the second time",
    "_agree_to_lines": "the lines are the same the second time",
}
Function = tuple[str, str]  # the module's last name, its own name


def test_an_act_that_writes_stands_in_a_callback_and_not_in_the_body_of_a_page() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}
    writes = _writing_functions(trees) - GOING
    found = {
        f"{path.stem}.{name}"
        for path, tree in trees.items()
        for name, body in _pressed_bodies(tree)
        if any(call in writes for step in body for call in _calls(step, path.stem, _imported(tree)))
    }
    assert not found - REMAINING.keys(), "give the act to `on_click`"


def test_a_form_acts_once_at_a_double_click() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    acts = {
        ast.unparse(given.value).removeprefix("session_state.")
        for tree in trees
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "form_submit_button"
        for given in one.keywords
        if given.arg == "on_click"
    }
    assert acts - {"double_click.act_at_first_click"} == MAY_BE_REPEATED.keys(), "call it by act_at_first_click"


def _writing_functions(trees: dict[Path, ast.Module]) -> set[Function]:
    """Every function of these files that changes the database, itself or through another one."""
    calls = {
        (path.stem, one.name): set(_calls(one, path.stem, _imported(tree)))
        for path, tree in trees.items()
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef)
    }
    writes = set(SAVING)
    while more := {one for one, called in calls.items() if called & writes} - writes:
        writes |= more
    return writes


def _pressed_bodies(tree: ast.Module) -> Iterator[tuple[str, list[ast.stmt]]]:
    """Each function with what it does itself when one of its buttons was pressed."""
    for one in ast.walk(tree):
        if not isinstance(one, ast.FunctionDef):
            continue
        pressed = {
            target.id
            for step in ast.walk(one)
            if isinstance(step, ast.Assign) and _is_button(step.value)
            for target in step.targets
            if isinstance(target, ast.Name)
        }
        for step in ast.walk(one):
            if isinstance(step, ast.If) and (
                _is_button(step.test) or any(isinstance(n, ast.Name) and n.id in pressed for n in ast.walk(step.test))
            ):
                yield one.name, step.body


def _is_button(node: ast.expr) -> bool:
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in BUTTONS
        for one in ast.walk(node)
    )


def _calls(node: ast.AST, module: str, imported: dict[str, Function]) -> Iterator[Function]:
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            yield imported.get(one.func.id, (module, one.func.id))
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and isinstance(one.func.value, ast.Name):
            yield one.func.value.id, one.func.attr


def _imported(tree: ast.Module) -> dict[str, Function]:
    """The names that a file imports from a module → that module's last name, and the name there."""
    return {
        name.asname or name.name: (one.module.rsplit(".", 1)[-1], name.name)
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and one.module
        for name in one.names
    }
