"""Parses the file of a plan that somebody brings, in a process of its own; nothing is stored here.

That process imports what this module imports: the model of a plan, and no table. The file is YAML as in data/seances/plans,
or JSON: one plan, alone or as the only one of a list.
"""

from __future__ import annotations

from pydantic import ValidationError

from clicnjob import workshop_policy
from clicnjob.errors import Refusal
from clicnjob.own_content import brought_content
from clicnjob.own_content.brought_content import BroughtKind
from clicnjob.workshops.plans.words import Plan


class BadPlanFile(Refusal):
    """The file is no plan; the sentence has one line for each mistake, with the number of its line."""


_PLAN = BroughtKind(
    BadPlanFile,
    "un plan de séance",
    "plans",
    workshop_policy.PLAN_FILE_BYTES,
    workshop_policy.PLAN_FILE_LEVELS,
    workshop_policy.PLAN_FILE_VALUES,
    workshop_policy.PLAN_MISTAKES_SHOWN,
)


def read_brought_plan(data: bytes) -> Plan:
    """Return the plan of a file of unknown origin. Raises BadPlanFile, TooManyReaders."""
    return Plan.model_validate_json(brought_content.read_in_own_process(data, _PLAN, read_plan))


def read_plan(data: bytes) -> bytes:
    """Return the plan as JSON; runs in the process of `apart`, the only one to parse uploaded files. Raises BadPlanFile."""
    document = brought_content.read_document(data, _PLAN)
    try:
        return Plan.model_validate(document.data).model_dump_json().encode()
    except ValidationError as fault:
        brought_content.refuse_mistakes(fault, document, _PLAN)
