"""Loads every content file and CV model to report all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.accounts import journal, passwords
from clicnjob.apply import letter_words
from clicnjob.apply import words as said
from clicnjob.apply.mailbox import mailbox_words
from clicnjob.cohort import vocabulary
from clicnjob.cohort.notifications import sentences
from clicnjob.cohort.progress import alerts
from clicnjob.cohort.reports import imilo
from clicnjob.content import ContentMistakes
from clicnjob.cv.document import templates
from clicnjob.cv.model import advice, improvements, prompts
from clicnjob.demo import cohorts
from clicnjob.interview import bank, calls, words
from clicnjob.jobs import conditions, finder, group_quiz, interests, minors, situations
from clicnjob.learn import library as lessons
from clicnjob.learn import on_the_way, reports
from clicnjob.learn.digital_check import questions
from clicnjob.learn.first_visit import questions as first_visit_questions
from clicnjob.privacy import notice
from clicnjob.proofreading import proofread
from clicnjob.workshops.live import activities, answers, hints, rehearsal
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
        vocabulary.contact_outcomes,
        vocabulary.ready_phrases,
        vocabulary.appointment_reasons,
        sentences.notification_texts,
        answers.coarse_words,
        hints.general_hints,
        activities.group_activities,
        activities.stuck_reasons,
        rehearsal.rehearsal_words,
        said.offer_places,
        said.employer_scripts,
        letter_words.letter_words,
        mailbox_words.mailbox_words,
        bank.question_bank,
        calls.rehearsal_calls,
        words.interview_words,
        portfolio_words.portfolio_words,
        first_visit_questions.first_steps,  # reads the obstacles too
        questions.lesson_rules,
        journal.journal_words,
        passwords.common_words,
        library.shipped_plans,
        lessons.file_name_rules,
        lessons.shipped_lessons,
        lessons.shipped_scenes,
        on_the_way.proposal_rules,
        reports.report_reasons,
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
