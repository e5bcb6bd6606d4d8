"""What the code measures, to compare two states of it: `python -m tests.metrics`, or with the folder of another tree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clicnjob.paths import ROOT

SESSION_STATE_MODULES = ("clicnjob.ui.state", "clicnjob.ui.shell.session_state")
MODULE_LINES = 300
_SHOWN = 5
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the tree: its dotted name, its file and its syntax tree."""

    name: str
    file: Path
    text: str
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class Defined:
    """A function as written. `qualified` has its classes and outer functions; `by_decorator` is what names it elsewhere."""

    module: str
    qualified: str
    lines: int
    inside_class: bool
    inside_function: bool
    decorators: tuple[str, ...]

    @property
    def name(self) -> str:
        """The bare name."""
        return self.qualified.rpartition(".")[2]

    @property
    def is_one_word(self) -> bool:
        """Whether the name is one word; a leading underscore does not count, and Python's own hooks are no names of ours."""
        return not self.name.startswith("__") and "_" not in self.name.strip("_")

    @property
    def is_public(self) -> bool:
        """Whether other modules may call it: a top-level function or a method without underscore, no property."""
        nouns = ("property", "cached_property", "computed_field")
        return not (self.name.startswith("_") or self.inside_function or any(d in nouns for d in self.decorators))

    def __str__(self) -> str:
        return f"{self.module}.{self.qualified}"


def modules(root: Path, folder: str = "clicnjob") -> list[Module]:
    """The modules of a folder; migrations are history and are left out."""
    found = []
    for file in sorted((root / folder).rglob("*.py")):
        if "versions" in file.parts:
            continue
        parts = list(file.relative_to(root).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = file.read_text(encoding="utf-8")
        found.append(Module(name, file, text, ast.parse(text)))
    return found


def functions(of: Iterable[Module]) -> list[Defined]:
    """Every function, method and inner function."""
    return [found for module in of for found in _functions(module.name, module.tree, (), in_class=False, deep=False)]


def _functions(module: str, node: ast.AST, outer: tuple[str, ...], *, in_class: bool, deep: bool) -> Iterator[Defined]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(module, child, (*outer, child.name), in_class=True, deep=deep)
        elif isinstance(child, Function):
            lines = (child.end_lineno or child.lineno) - child.lineno + 1
            qualified, marks = (*outer, child.name), tuple(ast.unparse(one) for one in child.decorator_list)
            yield Defined(module, ".".join(qualified), lines, in_class, deep, marks)
            yield from _functions(module, child, qualified, in_class=False, deep=True)
        else:
            yield from _functions(module, child, outer, in_class=in_class, deep=deep)


def colliding_classes(of: Iterable[Module]) -> dict[str, list[str]]:
    """Class names that stand in two places, with their modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in of:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module.name)
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def raw_session_state(of: Iterable[Module]) -> list[str]:
    """Uses of `st.session_state` outside the module that types its keys, as « file:line »."""
    return [
        f"{module.name}:{node.lineno}"
        for module in of
        if module.name not in SESSION_STATE_MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    ]


def deferred_imports(of: Iterable[Module]) -> list[str]:
    """Imports inside a function, as « module.function: what »."""
    found = []
    for module in of:
        for outer in ast.walk(module.tree):
            if isinstance(outer, Function):
                inner = (node for node in ast.walk(outer) if isinstance(node, ast.Import | ast.ImportFrom))
                found += [f"{module.name}.{outer.name}: {ast.unparse(node)}" for node in inner]
    return sorted(set(found))


def import_circles(of: Iterable[Module]) -> list[list[str]]:
    """Groups of modules that import each other, in whatever number of steps; an import inside a function counts too."""
    every = list(of)
    known = {module.name for module in every}
    imports = {module.name: {target for target in _imported(module) if target in known} for module in every}
    reached = {name: _reached(name, imports) for name in imports}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in imports}
    return sorted(sorted(group) for group in groups if group)


def _imported(module: Module) -> Iterator[str]:
    """What a module imports, inside functions too; what is for the type checker only is left out."""
    todo: list[ast.AST] = [module.tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _from_targets(module, node)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        todo.extend(ast.iter_child_nodes(node))


def _from_targets(module: Module, node: ast.ImportFrom) -> Iterator[str]:
    """`from a import b` loads the module a.b, or else takes a name out of a."""
    root = module.file.parents[len(module.name.split(".")) - (module.file.name != "__init__.py")]
    for one in node.names:
        inner = f"{node.module}.{one.name}"
        path = root.joinpath(*inner.split("."))
        yield inner if path.with_suffix(".py").exists() or path.is_dir() else str(node.module)


def _reached(name: str, imports: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    todo = list(imports[name])
    while todo:
        if (one := todo.pop()) not in seen:
            seen.add(one)
            todo.extend(imports[one])
    return seen


def collected_cases(root: Path) -> str:
    """How many cases pytest collects, in its own words' number; '?' when it cannot tell."""
    own = root / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    command = [python, "-m", "pytest", "--collect-only", "-q"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    counted = re.findall(r"^(?:\d+/)?(\d+) tests? collected|^\d+/(\d+) tests", done.stdout, re.MULTILINE)
    return next((number for pair in counted for number in pair if number), "?")


def report(root: Path) -> Iterator[str]:
    """The lines to print, one measure a line."""
    code = modules(root)
    pages = modules(root, "pages")
    every = functions(code)
    short = [one for one in every if one.is_one_word]
    public = [one for one in short if one.is_public]
    share = 100 * len(short) / max(1, len(every))
    yield f"functions: {len(every)} (methods and inner ones too, without migrations)"
    yield f"one-word function names: {len(short)}, {share:.0f} % (no underscore inside); {len(public)} of them public"
    yield f"colliding class names: {len(colliding_classes(code))}"
    yield f"raw session state outside its module: {len(raw_session_state([*code, *pages]))}"
    yield f"deferred imports: {len(deferred_imports(code))}"
    circles = import_circles(code)
    yield f"import circles: {len(circles)}, of {sum(map(len, circles))} modules"
    yield f"test cases: {collected_cases(root)}"
    yield f"modules over {MODULE_LINES} lines: {sum(one.text.count(chr(10)) > MODULE_LINES for one in code)}"
    longest = sorted(every, key=lambda one: -one.lines)[:_SHOWN]
    yield "longest functions: " + ", ".join(f"{one} ({one.lines})" for one in longest)


if __name__ == "__main__":
    for line in report(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT):
        print(line, flush=True)
