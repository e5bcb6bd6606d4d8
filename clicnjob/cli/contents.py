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
from clicnjob.jobs import conditions, finder, group_quiz, interests, minors, situations
from clicnjob.privacy import notice
from clicnjob.proofreading import proofread
from clicnjob.workshops.live import activities, answers, hints
from clicnjob.workshops.plans import library
from clicnjob.workshops.records import portfolio_words


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
        conditions.known_conditions,
        notice.current_notice,
        imilo.imilo_rule,
        alerts.alert_rules,
        vocabulary.step_choices,
        vocabulary.closure_reasons,
        vocabulary.workshop_kinds,
        answers.coarse_words,
        hints.general_hints,
        activities.group_activities,
        activities.stuck_reasons,
        said.offer_places,
        said.employer_scripts,
        letter_words.letter_words,
        bank.question_bank,
        calls.rehearsal_calls,
        words.interview_words,
        portfolio_words.portfolio_words,
        journal.act_sentences,
        passwords.common_words,
        library.shipped_plans,
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
