"""The questions about one interview: employer, date, journey, clothes, papers, questions to ask, being late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from html import escape

import streamlit as st

from clicnjob.accounts.presence import Present
from clicnjob.french import moments
from clicnjob.interview import days, outputs, papers
from clicnjob.interview.notebook import Day
from clicnjob.interview.words import words
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import open_work, session_state
from clicnjob.ui.widgets import turn
from clicnjob.ui.young.interview import asking, book, choosing
from clicnjob.ui.young.interview.day import altered, among, go, leaving_told

_DAYS_AHEAD = 45
_LONGEST = 240  # minutes of travel


def screen(me: Present, day: Day, name: str) -> None:
    """Draw one question about this interview with its navigation; `name` is a key of SCREENS."""
    title, draw = SCREENS[name]
    names = list(SCREENS)
    position = names.index(name)
    st.html(f'<p class="cj-about">{escape(days.name(day))} · {position + 1} sur {len(names)}</p>')
    with st.container(key="cj-card"):
        st.title(title, anchor=False)
        turn.to_title(name)
        with st.container(key="cj-answers"):
            draw(me, day)
        following = names[position + 1] if position + 1 < len(names) else "page"
        with st.container(key="cj-steps", horizontal=True, gap="small"):
            if position:
                st.button("Retour", key="back", icon=":material/arrow_back:", on_click=go, args=(names[position - 1],))
            st.button("Plus tard", key="skip", type="tertiary", on_click=go, args=(following,))
            st.button("Continuer", key="next", type="primary", on_click=_forward, args=(following,))


def _who(me: Present, day: Day) -> None:
    asking.typed(
        "L’employeur",
        name=f"employer-{day.id}",
        value=day.employer,
        put=altered(day, "employer"),
        example="Boulangerie Martin",
    )
    if day.job:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="cj-understood">{escape(choosing.called(day.job))}</p>', width="content")
            st.button("Changer de métier", key="change-job", type="tertiary", on_click=_put_job, args=(day, ""))
        return
    st.html('<p class="cj-or">Pour quel métier\u00a0?</p>')
    choosing.job(me, name="day", wanted=open_work.opened(me).cv.job_wanted, choose=lambda key: _put_job(day, key))


def _when(_me: Present, day: Day) -> None:
    on, at = days.on_day(day), days.at_hour(day)
    understood = f"C’est {moments.shown_day(on)}." if on else ""
    today = date.today()
    asking.typed(
        "Quel jour\u00a0?",
        name=f"date-{day.id}",
        value=moments.shown_day(on) if on else "",
        put=altered(day, "date"),
        check=lambda said: moments.day(said, today=today).isoformat() if said.strip() else "",
        example="mardi 12 mai",
        help_below=understood,
    )
    asking.typed(
        "À quelle heure\u00a0?",
        name=f"time-{day.id}",
        value=moments.shown_hour(at) if at else "",
        put=altered(day, "time"),
        check=lambda said: f"{moments.hour(said):%H:%M}" if said.strip() else "",
        example="14h30",
        help_below=f"C’est à {moments.shown_hour(at)}." if at else "",
    )
    with st.expander("Choisir dans une liste", icon=":material/calendar_month:", key=f"pick-{day.id}"):
        _picked(day, on, at)


def _picked(day: Day, on: date | None, at: time | None) -> None:
    """Offer the days of the next weeks and the hours of a working day, so that nothing has to be typed."""
    today = date.today()
    near = [today + timedelta(days=number) for number in range(_DAYS_AHEAD)]
    hours = [time(minutes // 60, minutes % 60) for minutes in range(8 * 60, 19 * 60 + 1, 15)]
    left, right = st.columns(2)
    with left:
        _pick(
            "Le jour",
            day,
            "date",
            [each.isoformat() for each in near],
            on,
            lambda key: moments.shown_day(date.fromisoformat(key)),
        )
    with right:
        _pick("L’heure", day, "time", [f"{each:%H:%M}" for each in hours], at, _hour_shown)


def _hour_shown(key: str) -> str:
    return moments.shown_hour(time.fromisoformat(key))


def _pick(
    label: str, day: Day, field: str, offered: list[str], chosen: date | time | None, shown: Callable[[str], str]
) -> None:
    kept = str(getattr(day, field))
    if kept and kept not in offered:
        offered = [kept, *offered]
    key = session_state.key("pick", field, day.id)
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


def _where(_me: Present, day: Day) -> None:
    asking.typed(
        "L’adresse",
        name=f"place-{day.id}",
        value=day.place,
        put=altered(day, "place"),
        example="3 rue des Fleurs, Lille",
    )
    st.html('<p class="cj-or">Comment y vas-tu\u00a0?</p>')
    asking.one_of(
        "Comment y vas-tu\u00a0?",
        list(days.WAYS),
        name=f"way-{day.id}",
        chosen=day.way,
        put=altered(day, "way"),
        shown=_way_shown,
    )
    _how_long(day)
    if told := leaving_told(day):
        st.html(f'<p class="cj-leave">{told}</p>')
    else:
        st.html('<p class="cj-small">Cherche le trajet la veille. Fais-le une fois avant, si tu peux.</p>')


def _how_long(day: Day) -> None:
    text_boxes.draw_number(
        "Combien de minutes pour y aller\u00a0?",
        name=f"minutes-{day.id}",
        kept=day.minutes,
        take=lambda given: book.change(lambda notes: altered(day, "minutes")(notes, given)),
        bounds=(0, _LONGEST),
        step=5,
        placeholder="Exemple\u00a0: 25",
    )


def _clothes(_me: Present, day: Day) -> None:
    lines = "".join(f"<li>{escape(line)}</li>" for line in words().day.clothes(outputs.family_of(day.job)))
    about = choosing.called(day.job)
    st.html(f'<p class="cj-help">{f"Pour {escape(about)}" if about else "Pour tous les métiers"}</p>')
    st.html(f'<ul class="cj-plain-list">{lines}</ul>')


def _papers(_me: Present, day: Day) -> None:
    for paper in words().day.papiers:
        label = papers.with_case(paper)
        asking.tick(
            label,
            name=f"paper-{day.id}-{paper.cle}",
            ticked=paper.cle in day.papers,
            put=among(day, "papers", paper.cle),
        )


def _questions(_me: Present, day: Day) -> None:
    st.html('<p class="cj-help">Choisis deux ou trois questions. Tu les poses à la fin.</p>')
    for line in words().day.questions_a_poser:
        asking.tick(
            line.texte,
            name=f"ask-{day.id}-{line.cle}",
            ticked=line.cle in day.questions,
            put=among(day, "questions", line.cle),
        )
    asking.typed("Ou ta question", name=f"own-{day.id}", value=day.own_question, put=altered(day, "own_question"))


def _late(_me: Present, day: Day) -> None:
    st.html(f'<p class="cj-help">Si tu es en retard, appelle. Dis\u00a0: {escape(words().day.retard.phrase)}</p>')
    asking.typed(
        "Qui appeler\u00a0?",
        name=f"who-{day.id}",
        value=day.call_name,
        put=altered(day, "call_name"),
        example="Madame Martin",
    )
    asking.typed(
        "Son numéro",
        name=f"number-{day.id}",
        value=day.call_phone,
        put=altered(day, "call_phone"),
        example="06 12 34 56 78",
        most=30,
    )


SCREENS: dict[str, tuple[str, Callable[[Present, Day], None]]] = {
    "qui": ("Avec qui as-tu rendez-vous\u00a0?", _who),
    "quand": ("Quand est-ce\u00a0?", _when),
    "trajet": ("Où est-ce\u00a0?", _where),
    "tenue": ("Comment t’habiller\u00a0?", _clothes),
    "papiers": ("Quels papiers prends-tu\u00a0?", _papers),
    "questions": ("Que vas-tu demander\u00a0?", _questions),
    "retard": ("Et si tu es en retard\u00a0?", _late),
}


def _way_shown(way: str) -> str:
    icon, name, _ = next(value for key, value in days.WAYS.items() if key == way)
    return f"{icon} {name}"


def _put_job(day: Day, key: str) -> None:
    if book.change(lambda notes: altered(day, "job")(notes, key)):
        session_state.renew_widgets()


def _take_pick(day: Day, key: str, field: str) -> None:
    value = str(st.session_state[key] or "")
    if book.change(lambda notes: altered(day, field)(notes, value)):
        session_state.renew_widgets()


def _forward(to: str) -> None:
    if session_state.faults():
        session_state.tell("Regarde la phrase sous la case. Ou touche « Plus tard ».")
        return
    go(to)
