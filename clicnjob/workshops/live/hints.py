"""The ready hints that a trainer sends by one touch: those of the plan's step, or ours where it has none."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from clicnjob import content, workshop_policy
from clicnjob.paths import DATA

HintSentence = Annotated[str, StringConstraints(min_length=10, max_length=workshop_policy.HINT_LENGTH)]


def ready_hints(planned: tuple[str, ...]) -> tuple[str, ...]:
    """Return the hints of the plan's current step, or the general ones."""
    return planned or general_hints()


@content.loaded_once
def general_hints() -> tuple[str, ...]:
    """Return the hints for any activity. Raises content.ContentMistakes."""
    return tuple(content.read_content(list[HintSentence], DATA / "seances" / "indices-communs.yaml"))
