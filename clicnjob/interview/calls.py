"""Reads and checks the telephone calls to rehearse (data/interview/telephone) and walks them choice by choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from clicnjob.content import ContentMistakes, ContentModel, loaded_once, read_content, shown_path
from clicnjob.interview.bank import INTERVIEW, Key, Said, line_of


class CallChoice(ContentModel):
    """Something the person can say: the step it leads to, whether it helps, and its effect on the other person."""

    dire: Said
    suite: Key
    bien: bool
    retour: Said


class CallStep(ContentModel):
    """One step of a call: what the other person says ('' when the person speaks first) and what can be answered."""

    cle: Key
    eux: str = ""
    conseil: str = ""
    choix: tuple[CallChoice, ...] = Field(min_length=2, max_length=3)


class Call(ContentModel):
    """A call: its purpose, what to do before dialling, its steps starting at `depart`, and its endings."""

    cle: Key
    titre: str = Field(min_length=1, max_length=50)
    icone: Said
    but: Said
    avant: tuple[Said, ...] = Field(min_length=3, max_length=4)
    depart: Key
    etapes: tuple[CallStep, ...] = Field(min_length=2)
    fins: dict[Key, Said] = Field(min_length=1)

    @property
    def steps(self) -> dict[str, CallStep]:
        """The steps by key."""
        return {step.cle: step for step in self.etapes}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One finished exchange: what the other person said and what was answered."""

    theirs: str
    choice: CallChoice


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of a call: the exchanges so far, then either a step to answer or the closing line."""

    said: tuple[Exchange, ...]
    step: CallStep | None
    ending: str

    @property
    def over(self) -> bool:
        """Tell whether the call has ended."""
        return self.step is None


def walk_call(call: Call, chosen: Sequence[int]) -> Moment:
    """Return the state of a call after these choices (indexes into the choices offered).

    It stops at the first choice that the content does not have.
    """
    steps, at = call.steps, call.depart
    said: list[Exchange] = []
    for position in chosen:
        step = steps.get(at)
        if step is None or not 0 <= position < len(step.choix):
            break
        said.append(Exchange(step.eux, step.choix[position]))
        at = step.choix[position].suite
    return Moment(tuple(said), steps.get(at), call.fins.get(at, ""))


@loaded_once
def rehearsal_calls() -> dict[str, Call]:
    """Return the calls of this process by key, in the order of the files. Raises ContentMistakes."""
    return read_calls()


def read_calls(folder: Path = INTERVIEW / "telephone") -> dict[str, Call]:
    """Read the calls of `folder`. Raises ContentMistakes with every mistake of every file."""
    mistakes: list[str] = []
    found: dict[str, Call] = {}
    for file in sorted(folder.glob("*.yaml")):
        try:
            call = read_content(Call, file)
        except ContentMistakes as wrong:
            mistakes += wrong.mistakes
            continue
        mistakes += _unsound_steps(file, call)
        found[call.cle] = call
    if not found and not mistakes:
        mistakes.append(f"{shown_path(folder)} : il manque les appels à répéter.")
    if mistakes:
        raise ContentMistakes(tuple(mistakes))
    return found


def _unsound_steps(file: Path, call: Call) -> Iterator[str]:
    """Report what would leave somebody stuck: an unknown or unreachable step, or one that leads to no ending."""
    steps = call.steps
    if call.cle != file.stem:
        yield f"{line_of(file, call.cle)} : la clé « {call.cle} » n’est pas celle du fichier."
    if len(steps) < len(call.etapes):
        yield f"{shown_path(file)}:1 : deux étapes ont la même clé."
    if call.depart not in steps:
        yield f"{shown_path(file)}:1 : le départ « {call.depart} » n’est pas une étape."
        return
    for step in call.etapes:
        place = line_of(file, step.cle)
        lost = [one.suite for one in step.choix if one.suite not in steps and one.suite not in call.fins]
        yield from (f"{place} : la suite « {key} » n’existe pas." for key in lost)
        if not any(one.bien for one in step.choix):
            yield f"{place} : aucun choix de « {step.cle} » n’est bien."
    reached = _reached_steps(call, call.depart)
    yield from (
        f"{line_of(file, key)} : on n’arrive jamais à « {key} »." for key in (*steps, *call.fins) if key not in reached
    )
    endless = [key for key in steps if not _reached_steps(call, key) & call.fins.keys()]
    yield from (f"{line_of(file, key)} : « {key} » ne mène à aucune fin." for key in endless)


def _reached_steps(call: Call, start: str) -> set[str]:
    steps, seen, left = call.steps, set[str](), [start]
    while left:
        key = left.pop()
        if key not in seen:
            seen.add(key)
            left += [one.suite for one in steps[key].choix] if key in steps else []
    return seen
