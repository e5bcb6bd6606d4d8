"""Loads every content file and CV model to report all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.accounts import journal, passwords
from clicnjob.apply import letter_words
from clicnjob.apply import words as said
from clicnjob.cohort import vocabulary
from clicnjob.cohort.progress import alerts
from clicnjob.cohort.reports import imilo
from clicnjob.content import ContentMistakes
from clicnjob.cv.document import templates
from clicnjob.cv.model import advice, improvements, prompts
from clicnjob.demo import cohorts
from clicnjob.interview import bank, calls, words
from clicnjob.jobs import finder, group_quiz, interests, minors, situations
from clicnjob.privacy import notice
from clicnjob.proofreading import proofread


def content_mistakes() -> tuple[str, ...]:
    """Return one line per mistake, with file and line; empty when there is none."""
    loads: tuple[Callable[[], object], ...] = (
        prompts.cv_prompts,
        advice.advice_by_key,
        improvements.improvement_words,
        proofread.load_word_files,
        templates.all_templates,
        finder.job_catalogue,
        interests.quiz_statements,
        minors.minor_rules,
        group_quiz.interest_kinds,
        situations.read_situations,
        notice.current_notice,
        imilo.imilo_rule,
        alerts.alert_rules,
        vocabulary.step_choices,
        vocabulary.closure_reasons,
        vocabulary.gathering_kinds,
        said.offer_places,
        said.employer_scripts,
        letter_words.letter_words,
        bank.question_bank,
        calls.rehearsal_calls,
        words.interview_words,
        journal.act_sentences,
        passwords.common_words,
        cohorts.demonstration_cast,
    )
    return tuple(line for load in loads for line in _mistakes_of(load))


def _mistakes_of(load: Callable[[], object]) -> tuple[str, ...]:
    try:
        load()
    except ContentMistakes as found:
        return found.mistakes
    except templates.BadTemplates as found:
        return tuple(str(found).splitlines())
    return ()
