"""Training for interviews: the choice of a subject, one question a screen, self-assessment, the end.."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from random import SystemRandom

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.interview import mix, outputs, own, practice
from clicnjob.interview.bank import question_bank
from clicnjob.interview.notebook import Notebook, SavedNotebook, Training, TrainingQuestion
from clicnjob.interview.practice import ShownQuestion
from clicnjob.interview.words import TICKS, interview_words
from clicnjob.ui.forms import choice_boxes
from clicnjob.ui.shell import (
    layout,
    navigation,
    open_work,
    read_aloud,
    session_state,
    session_strip,
    signed_in,
    uploads,
)
from clicnjob.ui.widgets import download, turn
from clicnjob.ui.young.interview import answering, asking, book, choosing, facts

_FILE = "young/interview_training.py"
_ANY = "sans"
_TIMER = {1: 60, 2: 90, 3: 120}  # seconds for an answer, by level of the question


@dataclass(frozen=True)
class TrainingPlace:
    """The place in a training: the index of the question, and whether it is being answered or assessed."""

    position: int
    looking_back: bool

    def __str__(self) -> str:
        return f"{self.position}/{'coches' if self.looking_back else 'question'}"


def current_step(kept: SavedNotebook) -> TrainingPlace:
    """Return the stored place; the start if it is not valid any more."""
    written, _, part = kept.place.partition("/")
    count = len(kept.book.training.asked) if kept.book.training else 0
    return TrainingPlace(min(int(written), count) if written.isdecimal() else 0, part == "coches")


def come_with_wish(job: str) -> None:
    """Ask for a training for this job from another page, so that only the length is left to choose.

    '' means no particular job.
    """
    session_state.TRAINING_JOB.set(job or _ANY)


def training_page() -> str:
    """Return the path of the training page, for `st.switch_page`."""
    return navigation.page_path(_FILE)


def draw_training(me: Present, kept: SavedNotebook) -> None:
    """Draw the current screen: the choice of a subject, a question, its self-assessment, or the end.

    The choice comes first without a training, or when another page asked for one (`come_with_wish`).
    """
    training, at = kept.book.training, current_step(kept)
    choosing_now = training is None or session_state.TRAINING_JOB.is_set() or session_state.TRAINING_THEME.is_set()
    over = training is not None and at.position >= len(training.asked)
    if choosing_now:
        draw_choices(me)
    elif over:
        draw_end(kept)
    elif at.looking_back:
        look_back(kept, at)
    else:
        draw_question(me, kept, at)
    with st.container(key="cj-tools", horizontal=True, vertical_alignment="center"):
        open_work.saved_mark()
        if not choosing_now and not over:
            st.button(
                "Arrêter l’entraînement", key="stop", type="tertiary", icon=":material/stop:", on_click=_stop_training
            )
        book.draw_way_back()


def draw_choices(me: Present) -> None:
    """Ask for the subject of the training, then for its length."""
    if session_state.TRAINING_JOB.is_set() or session_state.TRAINING_THEME.is_set():
        _choose_length()
    else:
        _choose_subject(me)


def _own_family(me: Present, training: Training) -> str:
    """Return the family of the job trained for, else of the job of the CV, so that examples come from it."""
    return outputs.family_of(training.job or choosing.job_named(open_work.opened_desk(me).cv.job_wanted))


def draw_question(me: Present, kept: SavedNotebook, at: TrainingPlace) -> None:
    """Draw one question with its help, and let the person answer aloud or in writing."""
    training = kept.book.training
    assert training is not None
    one = practice.question_to_show(training.asked[at.position], question_bank())
    if one is None:  # the content of data/ changed meanwhile
        _draw_title("Cette question n’existe plus", str(at))
        st.button("Question suivante", key="next", type="primary", on_click=_go_to_position, args=(at.position + 1,))
        return
    session_strip.note_step(_FILE, step=at.position + 1, steps=len(training.asked), title=one.theme)
    st.html(f'<p class="cj-about">Question {at.position + 1} sur {len(training.asked)} · {escape(one.theme)}</p>')
    with st.container(key="cj-card"):
        _draw_asked(one, at)
        answering.draw_help(one, family=_own_family(me, training))
        answering.draw_answer(me, kept.book, one, seconds=_TIMER[one.question.niveau if one.question else 2])
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            if at.position:
                st.button(
                    "Retour",
                    key="back",
                    icon=":material/arrow_back:",
                    on_click=_go_to_position,
                    args=(at.position - 1,),
                )
            st.button("Passer", key="skip", type="tertiary", on_click=_go_to_position, args=(at.position + 1,))
            st.button("J’ai répondu", key="next", type="primary", on_click=_finish_question, args=(one, at))


def look_back(kept: SavedNotebook, at: TrainingPlace) -> None:
    """Ask for three self-assessments of the answer, then suggest what to try next time."""
    training = kept.book.training
    assert training is not None
    key = training.asked[at.position].key
    ticked = training.ticks.get(key, [])
    with st.container(key="cj-card"):
        _draw_title("Que remarques-tu dans ta réponse\u00a0?", str(at))
        st.html('<p class="cj-help">Coche si c’est vrai. C’est pour toi, personne ne le voit.</p>')
        for name in TICKS:
            asking.ask_tick(
                interview_words().trial.coches[name].texte,
                name=f"{key}-{name}",
                ticked=name in ticked,
                put=lambda notes, yes, name=name: practice.tick_skill(notes, key, name, yes),  # type: ignore[misc]
            )
        tries = practice.next_time(ticked, interview_words().trial.coches)
        if tries and ticked:
            st.html(f'<p class="cj-understood">💡 La prochaine fois\u00a0: {escape(tries[0])}</p>')
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            st.button(
                "Refaire ma réponse",
                key="back",
                icon=":material/replay:",
                on_click=_go_to_position,
                args=(at.position,),
            )
            last = at.position + 1 == len(training.asked)
            st.button(
                "Terminer" if last else "Question suivante",
                key="next",
                type="primary",
                on_click=_go_to_position,
                args=(at.position + 1,),
            )


def draw_end(kept: SavedNotebook) -> None:
    """Draw the end: what was done, without a mark, one thing to try, and where to go next."""
    training = kept.book.training
    assert training is not None
    count = len(training.asked)
    session_strip.note_step(_FILE, step=count, steps=count, done=True)
    told = practice.training_counts(kept.book)
    _draw_title("C’est fini pour cette fois", "fin")
    endings = interview_words().trial.fins
    st.html(f'<p class="cj-help">{escape(endings[len(kept.book.practised) % len(endings)])}</p>')
    st.html(f'<p class="cj-understood">{escape(_counts_in_words(told))}</p>')
    empty = practice.to_try(training)
    if empty and told.done:
        st.html(
            f'<p class="cj-help">💡 La prochaine fois\u00a0: {escape(interview_words().trial.coches[empty].plus_tard)}</p>'
        )
    with st.container(horizontal=True):
        st.button(
            "Un autre entraînement", key="again", type="primary", icon=":material/replay:", on_click=_stop_training
        )
        if st.button("Revoir mes réponses", key="to-answers", icon=":material/edit_note:"):
            st.switch_page(navigation.page_path("young/interview_answers.py"))
    if kept.book.answers:
        download.download_button("Imprimer mes réponses", document="answers", icon=":material/print:")


def training_subject(training: Training) -> str:
    """Return the theme or job of a training with its picture, for a label."""
    group = question_bank().groups.get(training.theme)
    return f"{group.icon} {group.title}" if group else choosing.job_label(training.job)


def _choose_subject(me: Present) -> None:
    now = open_work.opened_desk(me)
    _draw_title("Pour quel métier\u00a0?", "metier")
    choosing.choose_job(me, name="training", wanted=now.cv.job_wanted, choose=_choose_job, none="Sans métier précis")
    with st.expander("Plutôt un seul thème", icon=":material/category:", key="themes"):
        themes = [(group.key, group.icon, group.title) for group in question_bank().themes.values()]
        choice_boxes.draw_tiles(themes, name="interview-themes", choose=_choose_theme)


def _choose_length() -> None:
    about = choosing.job_label(session_state.TRAINING_JOB.get())
    if group := question_bank().themes.get(session_state.TRAINING_THEME.get()):
        about = f"{group.icon} {group.title}"
    if about:
        st.html(f'<p class="cj-about">{escape(about)}</p>')
    _draw_title("Combien de temps as-tu\u00a0?", "duree")
    lengths = [
        (str(minutes), "⏱️", f"{minutes} minutes, {count} questions")
        for minutes, count in sorted(interview_words().trial.minuteur.items())
    ]
    choice_boxes.draw_tiles(lengths, name="interview-length", choose=_begin_training)
    st.button("Changer de métier ou de thème", key="other", icon=":material/arrow_back:", on_click=_forget_choice)


def _draw_title(said: str, place: str) -> None:
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(said, anchor=False)
        turn.to_title(place)


def _draw_asked(one: ShownQuestion, at: TrainingPlace) -> None:
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(layout.escape_markdown(one.words), anchor=False)
        turn.to_title(str(at))
        read_aloud.read_aloud_button(one.words, key=f"listen-{at.position}")


def _counts_in_words(told: practice.TrainingCounts) -> str:
    if not told.done:
        return "Tu peux revenir quand tu veux. Les questions t’attendent."
    many = "questions" if told.done > 1 else "question"
    ways = [
        f"{number} {words}" for number, words in ((told.spoken, "à voix haute"), (told.written, "par écrit")) if number
    ]
    return f"Tu as travaillé {told.done} {many}" + (f"\u00a0: {', '.join(ways)}." if ways else ".")


def _choose_job(key: str) -> None:
    session_state.TRAINING_JOB.set(key or _ANY)


def _choose_theme(key: str) -> None:
    session_state.TRAINING_THEME.set(key)


def _forget_choice() -> None:
    session_state.TRAINING_JOB.clear()
    session_state.TRAINING_THEME.clear()


def _begin_training(minutes: str) -> None:
    """Select the questions at random, save them, and go to the first."""
    me = signed_in.present_now()
    if me is None:
        return
    job, theme = session_state.TRAINING_JOB.get(), session_state.TRAINING_THEME.get()
    count = interview_words().trial.minuteur[int(minutes)]
    recent = book.read_notebook(me).book.recent
    asked = _drawn_questions(me, job, theme, count, recent)
    training = Training(job="" if job == _ANY else job, theme=theme, minutes=int(minutes), asked=list(asked))
    if book.change_notebook(lambda notes: practice.begin_training(notes, training), place=str(TrainingPlace(0, False))):
        _forget_choice()


def _drawn_questions(me: Present, job: str, theme: str, count: int, recent: list[str]) -> tuple[TrainingQuestion, ...]:
    chance = SystemRandom()
    if theme:
        return mix.on_theme(question_bank().groups[theme], count=count, recent=recent, chance=chance)
    mine = own.own_questions(facts.cv_facts(open_work.opened_desk(me)), interview_words().own)
    family = outputs.family_of(job)
    return mix.for_job(question_bank(), family=family, own=mine, count=count, recent=recent, chance=chance)


def _finish_question(one: ShownQuestion, at: TrainingPlace) -> None:
    uploads.drop_mine()
    today = date.today()
    book.change_notebook(
        lambda notes: practice.finish_question(notes, one, today=today), place=str(TrainingPlace(at.position, True))
    )


def _go_to_position(position: int) -> None:
    uploads.drop_mine()
    book.go_to(str(TrainingPlace(position, False)))


def _stop_training() -> None:
    uploads.drop_mine()

    def alter(notes: Notebook) -> None:
        practice.stop_training(notes)

    book.change_notebook(alter, place="")
