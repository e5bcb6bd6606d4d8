"""The list of a young person's applications, and the form that adds one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from clicnjob import db, policy, text, works
from clicnjob.accounts.presence import Present
from clicnjob.apply import applications
from clicnjob.apply.applications import Application, Applications
from clicnjob.cohort.support import drafts
from clicnjob.cv.model.profile import Profile
from clicnjob.jobs import choices, finder
from clicnjob.jobs.choices import JobChoices
from clicnjob.ui.forms import choice_boxes, draft_boxes
from clicnjob.ui.shell import navigation, session_state, session_strip, transactions
from clicnjob.ui.young.applications import card

FILE = "young/applications.py"
_OTHER = "autre"
_OTHER_JOB, _OTHER_EMPLOYER = "other-job-title", "other-job-employer"
_AT_ONCE = 20


@dataclass(frozen=True)
class ApplicationLog:
    """What the page reads. `wanted` is the job title of the CV changed last, or ''."""

    kept: Applications
    jobs: JobChoices
    name: str
    wanted: str
    today: date


def application_log(me: Present) -> ApplicationLog:
    """Read the applications of this person and the jobs that a new one can start from."""
    with db.read_transaction() as session:
        kept = works.own_works(session, of=me)
        jobs = choices.own_choices(session, of=me)
        log = applications.own_applications(session, of=me)
    profile = next((Profile.model_validate(one.body) for one in kept if one.kind.value == "profile"), Profile())
    cvs = [one for one in kept if one.kind.value == "cv"]
    wanted = str(max(cvs, key=lambda one: one.changed_at).body.get("job_wanted", "")) if cvs else ""
    name = f"{profile.first_name or me.first_name} {profile.last_name}".strip()
    return ApplicationLog(log, jobs, name, wanted, date.today())


def begin_for_job(job: str) -> None:
    """Ask for a new application to a catalogue job from another page; `follow_to_list` then opens the list."""
    session_state.APPLICATION_JOB.set(job)
    session_state.OPEN_APPLICATIONS.set(True)


def follow_to_list() -> None:
    """Switch to the list of applications if `begin_for_job` was called."""
    if session_state.OPEN_APPLICATIONS.take():
        st.switch_page(navigation.page_path(FILE))


def take_wanted() -> None:
    """Add the application that `begin_for_job` asked for, if any."""
    if job := session_state.APPLICATION_JOB.take():
        _add_choice(str(job))


def draw_adding(log: ApplicationLog) -> None:
    """Draw the form that adds an application: favourites and the job of the CV as tiles, any other job as text."""
    if not session_state.ADDING_APPLICATION.get():
        st.button(
            "Ajouter une candidature",
            key="add",
            type="primary",
            icon=":material/add:",
            on_click=_begin_adding,
            width="stretch",
        )
        return
    with st.container(key="cj-new-application", border=True):
        st.header("Pour quel métier\u00a0?", anchor=False)
        choice_boxes.draw_tiles(_offered_jobs(log), name="application-jobs", choose=_add_choice)
        draft_boxes.draw_draft("Un autre métier", name=_OTHER_JOB, most=80)
        draft_boxes.draw_draft("Ou une entreprise", name=_OTHER_EMPLOYER, most=policy.NAME_LENGTH)
        st.button("Ajouter", icon=":material/add:", key="other-job-add", on_click=_add_other)
        st.button("Fermer", key="add-cancel", type="tertiary", on_click=_begin_adding, args=(False,))


def draw_due(log: ApplicationLog) -> None:
    """Say how many applications are due for a follow-up."""
    waiting = [one for one in log.kept.applications if applications.is_due(one, today=log.today)]
    if waiting:
        words = "Une candidature est à relancer." if len(waiting) == 1 else f"{len(waiting)} candidatures à relancer."
        st.warning(f"{words} Les phrases sont prêtes.", icon=":material/notifications:")


def draw_cards(log: ApplicationLog) -> None:
    """Draw the open applications, most urgent first, then the latest answered ones in an expander."""
    active = [one for one in log.kept.applications if one.state not in applications.ANSWERED]
    ended = [one for one in log.kept.applications if one.state in applications.ANSWERED]
    if not log.kept.applications:
        st.text("Note ici chaque candidature. On te dira quand relancer.")
    for one in sorted(active, key=lambda each: _card_order(each, log.today)):
        card.draw_application(one, name=log.name, today=log.today)
    if ended:
        words = "Une réponse reçue" if len(ended) == 1 else f"{len(ended)} réponses reçues"
        unfolded = st.expander(words, key="ended", on_change="rerun")
        if unfolded.open:
            with unfolded:
                for one in reversed(ended[-_AT_ONCE:]):
                    card.draw_application(one, name=log.name, today=log.today)


def _offered_jobs(log: ApplicationLog) -> list[tuple[str, str, str]]:
    jobs = finder.job_catalogue().by_key
    kept = [
        (one.key, jobs[one.key].icone, jobs[one.key].nom_m) for one in reversed(log.jobs.favourites) if one.key in jobs
    ]
    if log.wanted and not any(text.fold_text(log.wanted) == text.fold_text(name) for _, _, name in kept):
        kept.insert(0, (f"{_OTHER}:{log.wanted}", ":material/description:", log.wanted))
    return kept


def _card_order(one: Application, today: date) -> tuple[int, date]:
    """Sort due follow-ups first, then interviews, then the rest; within each group the soonest first."""
    if applications.is_due(one, today=today):
        return 0, one.follow_up_on or today
    if one.state == "interview":
        return 1, one.interview_on or today
    return 2, one.follow_up_on or date.max


def _begin_adding(wanted: bool = True) -> None:
    session_state.ADDING_APPLICATION.set(wanted)


def _add_choice(choice: str) -> None:
    job, title = (choice, "") if not choice.startswith(f"{_OTHER}:") else ("", choice.split(":", 1)[1])
    known = finder.job_catalogue().by_key.get(job)
    _save_new(title=known.nom_m.split(",")[0] if known else title, job=job if known else "", employer="")


def _add_other() -> None:
    _save_new(title=draft_boxes.draft_of(_OTHER_JOB), job="", employer=draft_boxes.draft_of(_OTHER_EMPLOYER))


def _save_new(*, title: str, job: str, employer: str) -> None:
    operation, today = works.new_operation(), date.today()

    def add_application(session: object, me: Present) -> None:
        applications.add_application(
            session,  # type: ignore[arg-type]
            by=me,
            title=text.clean_line(title, most=80),
            employer=text.clean_name(employer),
            job=job,
            operation=operation,
            today=today,
        )
        for box in (_OTHER_JOB, _OTHER_EMPLOYER):
            drafts.forget_draft(session, by=me, box=box)  # type: ignore[arg-type]

    if transactions.run_action(add_application):
        _begin_adding(False)
        for box in (_OTHER_JOB, _OTHER_EMPLOYER):
            draft_boxes.forget_box(box)
        session_strip.note_step(FILE, step=1, steps=1, done=True)
        session_state.tell_once("C’est noté. Dis où tu en es.")


def undo_last_change() -> None:
    """Undo the latest change of the list."""
    operation = works.new_operation()
    if transactions.run_action(
        lambda session, me: applications.undo_application_change(session, by=me, operation=operation)
    ):
        session_state.renew_widgets()
        session_state.tell_once("C’est annulé.")
