"""The questions about one interview: employer, date, journey, clothes, papers, questions to ask, being late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.french import moments
from clicnjob.interview import days, outputs, papers
from clicnjob.interview.notebook import InterviewDay
from clicnjob.interview.words import interview_words
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import open_work, session_state, session_strip
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.interview import asking, book, choosing
from clicnjob.ui.young.interview.day import go_to, leaving_told, put_in_field, tick_in_field

_DAYS_AHEAD = 45
_LONGEST = 240  # minutes of travel


def draw_day_screen(me: Present, day: InterviewDay, name: str) -> None:
    """Draw one question about this interview with its navigation; `name` is a key of SCREENS."""
    title, draw = SCREENS[name]
    names = list(SCREENS)
    position = names.index(name)
    session_strip.note_step("young/interview_day.py", step=position + 1, steps=len(names), title=title)
    st.html(f'<p class="cj-about">{escape(days.interview_name(day))} · {position + 1} sur {len(names)}</p>')
    with st.container(key="cj-card"):
        st.title(title, anchor=False)
        turn.to_title(name)
        with st.container(key="cj-answers"):
            draw(me, day)
        following = names[position + 1] if position + 1 < len(names) else "page"
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            if position:
                st.button(
                    "Retour", key="back", icon=":material/arrow_back:", on_click=go_to, args=(names[position - 1],)
                )
            st.button("Plus tard", key="skip", type="tertiary", on_click=_leave_screen, args=(following,))
            st.button("Continuer", key="next", type="primary", on_click=_go_forward, args=(following,))


def _ask_who(me: Present, day: InterviewDay) -> None:
    asking.ask_line(
        "L’employeur",
        name=f"employer-{day.id}",
        value=day.employer,
        put=put_in_field(day, "employer"),
        example="Boulangerie Martin",
    )
    if day.job:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="cj-understood">{escape(choosing.job_label(day.job))}</p>', width="content")
            st.button("Changer de métier", key="change-job", type="tertiary", on_click=_put_job, args=(day, ""))
        return
    st.html('<p class="cj-or">Pour quel métier\u00a0?</p>')
    choosing.choose_job(
        me, name="day", wanted=open_work.opened_desk(me).cv.job_wanted, choose=lambda key: _put_job(day, key)
    )


def _ask_when(_me: Present, day: InterviewDay) -> None:
    on, at = days.on_day(day), days.at_hour(day)
    understood = f"C’est {moments.shown_day(on)}." if on else ""
    today = date.today()
    asking.ask_line(
        "Quel jour\u00a0?",
        name=f"date-{day.id}",
        value=moments.shown_day(on) if on else "",
        put=put_in_field(day, "date"),
        check=lambda said: moments.typed_day(said, today=today).isoformat() if said.strip() else "",
        example="mardi 12 mai",
        help_below=understood,
    )
    asking.ask_line(
        "À quelle heure\u00a0?",
        name=f"time-{day.id}",
        value=moments.shown_hour(at) if at else "",
        put=put_in_field(day, "time"),
        check=lambda said: f"{moments.typed_hour(said):%H:%M}" if said.strip() else "",
        example="14h30",
        help_below=f"C’est à {moments.shown_hour(at)}." if at else "",
    )
    with st.expander("Choisir dans une liste", icon=":material/calendar_month:", key=f"pick-{day.id}"):
        _draw_pickers(day, on, at)


def _draw_pickers(day: InterviewDay, on: date | None, at: time | None) -> None:
    """Offer the days of the next weeks and the hours of a working day, so that nothing has to be typed."""
    today = date.today()
    near = [today + timedelta(days=number) for number in range(_DAYS_AHEAD)]
    hours = [time(minutes // 60, minutes % 60) for minutes in range(8 * 60, 19 * 60 + 1, 15)]
    left, right = st.columns(2)
    with left:
        _draw_picker(
            "Le jour",
            day,
            "date",
            [each.isoformat() for each in near],
            on,
            lambda key: moments.shown_day(date.fromisoformat(key)),
        )
    with right:
        _draw_picker("L’heure", day, "time", [f"{each:%H:%M}" for each in hours], at, _hour_shown)


def _hour_shown(key: str) -> str:
    return moments.shown_hour(time.fromisoformat(key))


def _draw_picker(
    label: str,
    day: InterviewDay,
    field: str,
    offered: list[str],
    chosen: date | time | None,
    shown: Callable[[str], str],
) -> None:
    kept = str(getattr(day, field))
    if kept and kept not in offered:
        offered = [kept, *offered]
    key = session_state.widget_key("pick", field, day.id)
    st.selectbox(
        label,
        offered,
        index=offered.index(kept) if chosen else None,
        format_func=shown,
        placeholder="Choisir",
        key=key,
        on_change=_take_pick,
        args=(day, key, field),
    )


def _ask_where(_me: Present, day: InterviewDay) -> None:
    asking.ask_line(
        "L’adresse",
        name=f"place-{day.id}",
        value=day.place,
        put=put_in_field(day, "place"),
        example="3 rue des Fleurs, Lille",
    )
    st.html('<p class="cj-or">Comment y vas-tu\u00a0?</p>')
    asking.one_of(
        "Comment y vas-tu\u00a0?",
        list(days.WAYS),
        name=f"way-{day.id}",
        chosen=day.way,
        put=put_in_field(day, "way"),
        shown=_way_shown,
    )
    _how_long(day)
    if told := leaving_told(day):
        st.html(f'<p class="cj-leave">{told}</p>')
    else:
        st.html('<p class="cj-small">Cherche le trajet la veille. Fais-le une fois avant, si tu peux.</p>')


def _how_long(day: InterviewDay) -> None:
    text_boxes.draw_number(
        "Combien de minutes pour y aller\u00a0?",
        name=f"minutes-{day.id}",
        kept=day.minutes,
        take=lambda given: book.change_notebook(lambda notes: put_in_field(day, "minutes")(notes, given)),
        bounds=(0, _LONGEST),
        placeholder="Exemple\u00a0: 25",
    )


def _draw_clothes(_me: Present, day: InterviewDay) -> None:
    lines = "".join(
        f"<li>{escape(line)}</li>" for line in interview_words().day.clothes_for(outputs.family_of(day.job))
    )
    about = choosing.job_label(day.job)
    st.html(f'<p class="cj-help">{f"Pour {escape(about)}" if about else "Pour tous les métiers"}</p>')
    st.html(f'<ul class="cj-plain-list">{lines}</ul>')


def _ask_papers(_me: Present, day: InterviewDay) -> None:
    for paper in interview_words().day.papiers:
        label = papers.with_case(paper)
        asking.ask_tick(
            label,
            name=f"paper-{day.id}-{paper.cle}",
            ticked=paper.cle in day.papers,
            put=tick_in_field(day, "papers", paper.cle),
        )


def _ask_questions(_me: Present, day: InterviewDay) -> None:
    st.html('<p class="cj-help">Choisis deux ou trois questions. Tu les poses à la fin.</p>')
    for line in interview_words().day.questions_a_poser:
        asking.ask_tick(
            line.texte,
            name=f"ask-{day.id}-{line.cle}",
            ticked=line.cle in day.questions,
            put=tick_in_field(day, "questions", line.cle),
        )
    asking.ask_line(
        "Ou ta question", name=f"own-{day.id}", value=day.own_question, put=put_in_field(day, "own_question")
    )


def _ask_late(_me: Present, day: InterviewDay) -> None:
    st.html(
        f'<p class="cj-help">Si tu es en retard, appelle. Dis\u00a0: {escape(interview_words().day.retard.phrase)}</p>'
    )
    asking.ask_line(
        "Qui appeler\u00a0?",
        name=f"who-{day.id}",
        value=day.call_name,
        put=put_in_field(day, "call_name"),
        example="Madame Martin",
    )
    asking.ask_line(
        "Son numéro",
        name=f"number-{day.id}",
        value=day.call_phone,
        put=put_in_field(day, "call_phone"),
        example="06 12 34 56 78",
        most=30,
    )


SCREENS: dict[str, tuple[str, Callable[[Present, InterviewDay], None]]] = {
    "qui": ("Avec qui as-tu rendez-vous\u00a0?", _ask_who),
    "quand": ("Quand est-ce\u00a0?", _ask_when),
    "trajet": ("Où est-ce\u00a0?", _ask_where),
    "tenue": ("Comment t’habiller\u00a0?", _draw_clothes),
    "papiers": ("Quels papiers prends-tu\u00a0?", _ask_papers),
    "questions": ("Que vas-tu demander\u00a0?", _ask_questions),
    "retard": ("Et si tu es en retard\u00a0?", _ask_late),
}


def _way_shown(way: str) -> str:
    icon, name, _ = next(value for key, value in days.WAYS.items() if key == way)
    return f"{icon} {name}"


def _put_job(day: InterviewDay, key: str) -> None:
    if book.change_notebook(lambda notes: put_in_field(day, "job")(notes, key)):
        session_state.renew_widgets()


def _take_pick(day: InterviewDay, key: str, field: str) -> None:
    value = session_state.widget_value(key, str) or ""
    if book.change_notebook(lambda notes: put_in_field(day, field)(notes, value)):
        session_state.renew_widgets()


def _go_forward(to: str) -> None:
    if session_state.current_faults():
        session_state.tell_once("Regarde la phrase sous la case. Ou touche « Plus tard ».")
        return
    _leave_screen(to)


def _leave_screen(to: str) -> None:
    if to not in SCREENS:
        count = len(SCREENS)
        session_strip.note_step("young/interview_day.py", step=count, steps=count, done=True)
    go_to(to)
