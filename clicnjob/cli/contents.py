"""Loads every content file and CV model to report all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.apply import words as said
from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import alerts
from clicnjob.cohort.reports import imilo
from clicnjob.content import ContentMistakes
from clicnjob.cv.document import templates
from clicnjob.cv.model import advice, prompts
from clicnjob.interview import bank, calls, words
from clicnjob.jobs import finder, interests, support
from clicnjob.privacy import notice
from clicnjob.proofreading import proofread


def mistakes() -> tuple[str, ...]:
    """Return one line per mistake, with file and line; empty when there is none."""
    loads: tuple[Callable[[], object], ...] = (
        prompts.prompts,
        advice.load,
        proofread.load,
        templates.templates,
        finder.catalogue,
        interests.statements,
        support.read_support,
        notice.notice,
        imilo.rule,
        alerts.rules,
        vocabulary.steps,
        vocabulary.reasons,
        vocabulary.gathering_kinds,
        said.places,
        said.scripts,
        bank.bank,
        calls.calls,
        words.words,
    )
    return tuple(line for load in loads for line in _found(load))


def _found(load: Callable[[], object]) -> tuple[str, ...]:
    try:
        load()
    except ContentMistakes as found:
        return found.mistakes
    except templates.BadTemplates as found:
        return tuple(str(found).splitlines())
    return ()
