"""The page of group sessions: starting one, the view while it runs, and the table of past ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import streamlit as st

from clicnjob import db, models, workshop_policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort import vocabulary
from clicnjob.errors import NotFound
from clicnjob.french import days
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import layout, navigation, session_state, transactions
from clicnjob.ui.widgets import elapsed
from clicnjob.workshops import lifecycle, planning
from clicnjob.workshops.lifecycle import OwnWorkshop
from clicnjob.workshops.planning import PlannedSession
from clicnjob.workshops.plans import library
from clicnjob.workshops.plans.library import PlanChoice

_PAGE = "trainer/workshops.py"
_TITLE = "workshop-title"
_OPENED = "ouverte"  # in the address while a past session is open; a link of the bar has an address without it


@dataclass(frozen=True)
class Workshops:
    """What the page reads: the running session, the past one that is open; else the past ones and the plans."""

    running: OwnWorkshop | None
    opened: OwnWorkshop | None
    past: tuple[OwnWorkshop, ...] = ()
    plans: tuple[PlanChoice, ...] = ()
    planned: tuple[PlannedSession, ...] = ()


def read_workshops(me: Present) -> Workshops:
    """Read the sessions of this person. A past session is opened only while none is running."""
    with db.read_transaction() as session:
        now = lifecycle.running_workshop(session, of=me, now=models.utc_now())
        opened = None if now else _opened_workshop(session, me)
        if now or opened:
            return Workshops(now, opened)
        past = lifecycle.past_workshops(session, of=me, now=models.utc_now())
        planned = planning.planned_sessions(session, of=me, today=date.today())
        return Workshops(None, None, past, library.all_plans(session, of=me), planned)


def open_one(workshop_id: str) -> None:
    """Open a past session on the next run; '' shows the list."""
    session_state.WORKSHOP.set(workshop_id)
    session_state.WORKSHOP_OPENING.set(bool(workshop_id))


def just_ended(one: OwnWorkshop) -> bool:
    """Whether this session ended without `names_may_show` since: the projector may still be on."""
    return session_state.WORKSHOP_JUST_ENDED.get() == one.id


def names_may_show() -> None:
    """Allow the names to appear: the trainer has confirmed that the projector is off."""
    session_state.WORKSHOP_JUST_ENDED.clear()


def draw_beginning() -> None:
    """Draw the form that starts a session without a plan: its subject, then « Commencer »."""
    st.header("Commencer sans plan", anchor=False)
    st.text("De quoi parle la séance\u00a0? Les noms se cachent tout seuls, du début à la fin.")
    kinds = vocabulary.workshop_kinds()
    chosen = session_state.WORKSHOP_KIND.get()
    with st.container(key="cj-tiles-workshops", horizontal=True, gap="small"):
        for kind in (one for one in kinds.values() if not one.plan):
            st.button(
                kind.nom,
                key=f"kind-{kind.cle}",
                icon=kind.icone,
                type="primary" if kind.cle == chosen else "secondary",
                wrap=True,
                on_click=_choose_kind,
                args=(kind.cle,),
            )
    if chosen in kinds:
        with st.container(key="cj-begin"):
            if kinds[chosen].propre:
                _own_title(chosen)
            else:
                _begin_button(kinds[chosen].nom, chosen)


def begin_button(kind: str, *, words: str) -> None:
    """Draw a button that starts a session of this kind, for a page whose subject is already known."""
    st.button(words, key="begin", icon=":material/play_arrow:", on_click=_begin_workshop, args=(kind,))


def draw_running(me: Present, one: OwnWorkshop) -> None:
    """Draw the running session: its duration, links to its materials, and the button that ends it."""
    with st.container(key="cj-running"):
        what = "Essai sans groupe" if one.rehearsal else "Séance en cours"
        st.html(f'<p class="cj-about">{what}, depuis {clock_time(one.began_at)}</p>')
        st.title(layout.escape_markdown(one.title), anchor=False)
        seconds = int((models.utc_now() - one.began_at).total_seconds())
        elapsed.draw_elapsed(place=one.id, seconds=seconds, key="elapsed")
        hidden = "Les noms sont cachés sur cet écran." if me.projected else "Attention\u00a0: les noms se voient ici."
        st.html(f'<p class="cj-help" role="status">{hidden}</p>')
        st.button(
            "Finir l’essai" if one.rehearsal else "Finir la séance",
            key="end",
            type="primary",
            icon=":material/stop_circle:",
            on_click=_end_running,
            args=(one,),
        )
    with st.container(key="cj-entry-cards"):
        for name, file, words in (
            ("board", "trainer/board.py", "Qui avance, qui demande de l’aide. Envoyer la suite."),
            ("quiz", "trainer/group_quiz.py", "Les 24 phrases, en grand, à main levée."),
            ("paper", "trainer/paper.py", "CV, test et entretien, pour ceux sans écran."),
        ):
            found = next(page for page in navigation.EVERY_PAGE if page.file == file)
            with st.container(key=f"cj-entry-card-{name}", border=True):
                st.page_link(navigation.page_path(file), label=found.title, icon=found.icon)
                st.text(words)
    if not one.rehearsal:
        cancel_button(one)


def cancel_button(one: OwnWorkshop) -> None:
    """Draw the button that cancels a session started by mistake."""
    words = "Commencée par erreur\u00a0: l’annuler"
    st.button(words, key="cancel", icon=":material/undo:", type="tertiary", on_click=_cancel_workshop, args=(one.id,))


def draw_offer(me: Present) -> None:
    """On the group quiz page: link to the running session, or offer to start one."""
    with db.read_transaction() as session:
        now = lifecycle.running_workshop(session, of=me, now=models.utc_now())
    with st.container(key="cj-line-workshop", horizontal=True, vertical_alignment="center"):
        if now is None:
            st.text("Pour noter qui était là, commencez une séance.")
            begin_button("test", words="Commencer une séance")
        else:
            st.text(f"Séance en cours depuis {clock_time(now.began_at)}\u00a0: {now.title}")
            st.page_link(navigation.page_path(_PAGE), label="Voir la séance", icon=":material/co_present:")


def draw_past(shown: Workshops) -> None:
    """Draw the table of past sessions, and a box that reopens one."""
    st.header("Séances passées", anchor=False)
    if not shown.past:
        st.text("Aucune pour l’instant. Elles restent ici 12 mois.")
        return
    today = date.today()
    titles = ("Jour", "Séance", "Durée", "Présents")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    body = "".join(_row_html(one, today) for one in shown.past)
    st.html(
        '<div class="cj-scroll" tabindex="0" role="group" aria-label="Séances passées"><table class="cj-table cj-sessions">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    names = {one.id: f"{day_in_words(one, today)}, {clock_time(one.began_at)}\u00a0: {one.title}" for one in shown.past}
    key = session_state.widget_key("workshop-past")
    with st.container(key="cj-reopen"):
        st.selectbox(
            "Rouvrir une séance",
            list(names),
            index=None,
            format_func=lambda one: names[one],
            key=key,
            placeholder="Présents, durée, ligne pour i-milo",
            on_change=_reopen_workshop,
            args=(key,),
        )


def clock_time(at: datetime) -> str:
    """Format a time as « 14 h 05 » in the server's time zone."""
    here = at.astimezone()
    return f"{here.hour}\u00a0h\u00a0{here.minute:02}"


def _opened_workshop(session: object, me: Present) -> OwnWorkshop | None:
    if session_state.WORKSHOP_OPENING.take():
        st.query_params[_OPENED] = "oui"
    elif _OPENED not in st.query_params:  # « Séances » in the bar was touched: it leads to the list
        session_state.WORKSHOP.clear()
    if not (workshop_id := session_state.WORKSHOP.get()):
        st.query_params.pop(_OPENED, None)
        return None
    try:
        return lifecycle.own_workshop(session, by=me, workshop_id=str(workshop_id))  # type: ignore[arg-type]
    except NotFound:
        return None


def _row_html(one: OwnWorkshop, today: date) -> str:
    cells = (escape(one.title), f"{one.minutes}\u00a0min", str(one.people))
    day = f'<th scope="row">{day_in_words(one, today)}</th>'
    return f"<tr>{day}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def day_in_words(one: OwnWorkshop, today: date) -> str:
    """Return the day of a session: « aujourd’hui », « le 12 mars »."""
    return days.shown_day(days.local_day(one.began_at) or today, today=today)


def _own_title(kind: str) -> None:
    with st.form("own-title", enter_to_submit=True, border=False):
        text_boxes.draw_message(
            "Titre de la séance, sans nom de jeune", key=_TITLE, most=workshop_policy.WORKSHOP_TITLE_LENGTH
        )
        st.form_submit_button(
            "Commencer la séance", key="begin-own", type="primary", icon=":material/play_arrow:",
            on_click=_begin_own, args=(kind,),
        )  # fmt: skip


def _begin_own(kind: str) -> None:
    _begin_workshop(kind, session_state.widget_value(_TITLE, str) or "")


def _begin_button(name: str, kind: str) -> None:
    st.html(f'<p class="cj-or">{escape(name)}</p>', width="content")
    st.button(
        "Commencer la séance",
        key="begin-chosen",
        type="primary",
        icon=":material/play_arrow:",
        on_click=_begin_workshop,
        args=(kind,),
    )


def _choose_kind(kind: str) -> None:
    session_state.WORKSHOP_KIND.set(kind)


def _begin_workshop(kind: str, title: str = "") -> None:
    if transactions.run_action(
        lambda session, me: lifecycle.begin_workshop(session, by=me, kind=kind, title=title, now=models.utc_now())
    ):
        session_state.WORKSHOP_KIND.clear()
        open_one("")
        session_state.tell_once("La séance commence. Les noms sont cachés.")


def end_session(workshop_id: str, *, rehearsal: bool) -> bool:
    """End a session, and open its page on the next run; a rehearsal leaves nothing. Return whether it ended."""
    if not transactions.run_action(
        lambda session, me: lifecycle.end_workshop(session, by=me, workshop_id=workshop_id, now=models.utc_now())
    ):
        return False
    if rehearsal:
        session_state.tell_once("L’essai est fini. Rien n’en reste.")
        return True
    open_one(workshop_id)
    session_state.WORKSHOP_JUST_ENDED.set(workshop_id)
    session_state.tell_once("La séance est finie. Il reste à noter qui était là.")
    return True


def _end_running(one: OwnWorkshop) -> None:
    end_session(one.id, rehearsal=one.rehearsal)


def _cancel_workshop(workshop_id: str) -> None:
    if transactions.run_action(
        lambda session, me: lifecycle.cancel_workshop(session, by=me, workshop_id=workshop_id, now=models.utc_now())
    ):
        open_one("")
        session_state.tell_once("La séance est annulée. Rien n’en reste.")


def _reopen_workshop(key: str) -> None:
    open_one(session_state.widget_value(key, str) or "")
