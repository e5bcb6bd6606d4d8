"""Finding jobs: search results, families, the page of one job, and favourites."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from clicnjob import db, text, works
from clicnjob.accounts.presence import Present
from clicnjob.cv.model.wording import lower_first_letter
from clicnjob.french import days
from clicnjob.jobs import choices, finder, minors, missing
from clicnjob.jobs.catalogue import Category
from clicnjob.jobs.choices import JobChoices
from clicnjob.jobs.query import Query
from clicnjob.jobs.search import SearchAnswer, search_jobs
from clicnjob.models import utc_now
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, navigation, open_work, session_state, session_strip, transactions
from clicnjob.ui.young.support_card import show_support

FAMILIES = {
    "A": ("🌱", "Nature et animaux"),
    "B": ("🧵", "Art et artisanat"),
    "C": ("🏦", "Banque, assurance, immobilier"),
    "D": ("🛍️", "Vente et commerce"),
    "E": ("🎬", "Image et communication"),
    "F": ("🏗️", "Bâtiment"),
    "G": ("🍽️", "Restaurants, hôtels, loisirs"),
    "H": ("🏭", "Usine et fabrication"),
    "I": ("🔧", "Réparation et entretien"),
    "J": ("🩺", "Santé"),
    "K": ("🤝", "Aider, accueillir, protéger"),
    "L": ("🎭", "Spectacle"),
    "M": ("💻", "Bureau et informatique"),
    "N": ("🚚", "Transport et entrepôt"),
}
PAGE = "young/jobs.py"
_OPENED_IN_GROUP = 2  # sheets, as the instruction of a group session asks (data/seances/activites.yaml)
_LIKED_FIRST = 3
_WHY = 300


@dataclass(frozen=True)
class WishedJobs:
    """What the page reads. `answer` is None without a query; `draw_source` credits the owner of the official titles."""

    choices: JobChoices
    answer: SearchAnswer | None
    source: str


def wished_jobs(me: Present, query: Query | None = None) -> WishedJobs:
    """Read the person's choices and search for `query`, if any."""
    with db.read_transaction() as session:
        index = finder.search_index(session)
        answer = search_jobs(query, index=index) if query and query.typed.strip() else None
        return WishedJobs(choices.own_choices(session, of=me), answer, finder.titles_attribution(session))


def recall_wish(box: str) -> None:
    """Put the last wish back into its box: Streamlit empties the box of a page that one has left."""
    if session_state.widget_value(box, str) is None and (wish := session_state.WISH.get()):
        session_state.set_widget_value(box, wish)


def remember_wish(query: Query, answer: SearchAnswer | None) -> None:
    """Keep the wish for the way back. Words of distress are forgotten: the next person to see the screen reads them."""
    session_state.WISH.set("" if answer is not None and answer.support else query.typed)


def follow_to_sheet() -> None:
    """Open the page of a job if one was chosen."""
    if session_state.OPEN_JOB.take():
        st.switch_page(navigation.page_path("young/job.py"))


def chosen_sheet() -> Category | None:
    """Return the job to show, or None."""
    return finder.job_catalogue().by_key.get(session_state.JOB.get())


def draw_answer(query: Query, answer: SearchAnswer) -> None:
    """Draw the answer of the search: help in distress, matches, « tu voulais dire ? », or the families."""
    if answer.support:
        show_support(answer.support)
    for note in answer.notes:
        st.html(f'<p class="cj-help">{escape(note)}</p>')
    if answer.tier == "did_you_mean":
        st.html('<p class="cj-or">Tu voulais peut-être dire\u00a0:</p>')
    if not answer.matches and not answer.support:
        st.info(layout.escape_markdown(answer.said), icon=":material/explore:")
        draw_families()
    for match in answer.matches:
        draw_job_card(match.category, match.because)
    if answer.tier in ("did_you_mean", "nothing"):
        st.button(
            "Ce n’est pas ça. Le dire à ma structure",
            key=session_state.widget_key("missing"),
            type="tertiary",
            icon=":material/flag:",
            on_click=_count_missing,
            args=(query,),
        )


def draw_families() -> None:
    """Draw the fourteen families of jobs as tiles."""
    st.html('<p class="cj-or">Ou regarde par famille\u00a0:</p>')
    choice_boxes.draw_tiles(
        [(key, icon, name) for key, (icon, name) in FAMILIES.items()], name="families", choose=_choose_family
    )


def draw_family() -> None:
    """Draw the jobs of the chosen family, if any."""
    key = session_state.JOB_FAMILY.get()
    if key not in FAMILIES:
        return
    st.header(FAMILIES[key][1], anchor=False)
    jobs = [job for job in finder.job_catalogue().categories if job.rome[0].startswith(key)]
    choice_boxes.draw_tiles([(job.cle, job.icone, job.nom_m) for job in jobs], name="family-jobs", choose=show_sheet)


def draw_favourites(kept: JobChoices) -> None:
    """Draw the favourite jobs, if any."""
    if not kept.favourites:
        return
    st.header("Les métiers que tu gardes", anchor=False)
    jobs = finder.job_catalogue().by_key
    shown = [jobs[one.key] for one in kept.favourites if one.key in jobs]
    choice_boxes.draw_tiles([(job.cle, job.icone, job.nom_m) for job in shown], name="favourites", choose=show_sheet)


def draw_sheet(job: Category, kept: JobChoices) -> None:
    """Draw the page of one job, with its favourite button and the reason why it was kept."""
    favourite = kept.favourite_of(job.cle)
    _note_opened_job(job)
    if job.nom_f != job.nom_m:
        st.html(f'<p class="cj-codes">ou {escape(lower_first_letter(job.nom_f))}</p>')
    st.html(f'<p class="cj-help">{escape(job.resume)}</p>')
    left, right = st.columns([1, 1], gap="large")
    with left:
        _list_html("Ce qu’on fait", job.gestes)
        _list_html("Ce qui aide", job.ce_qui_aide)
    with right:
        _draw_facts(job)
        _list_html("Y entrer sans diplôme", job.sans_diplome)
    with st.container(key="cj-tools", horizontal=True):
        if favourite is None:
            st.button(
                "Garder ce métier",
                key="keep",
                type="primary",
                icon=":material/favorite:",
                on_click=_keep_job,
                args=(job.cle,),
            )
        else:
            st.button("Ne plus garder", key="drop", icon=":material/heart_minus:", on_click=_drop_job, args=(job.cle,))
    if favourite is not None:
        _draw_reasons(job, favourite.why)


def draw_near_jobs(job: Category) -> None:
    """Draw the jobs close to this one."""
    jobs = finder.job_catalogue().by_key
    st.html('<p class="cj-or">Des métiers proches\u00a0:</p>')
    close = [jobs[key] for key in job.proches if key in jobs]
    choice_boxes.draw_tiles([(one.cle, one.icone, one.nom_m) for one in close], name="near", choose=show_sheet)


def draw_codes(job: Category) -> None:
    """Draw the ROME codes of a job at the foot of its page, for the adviser who reads along."""
    st.html(f'<p class="cj-source">Pour les conseillers\u00a0: codes ROME {escape(", ".join(job.rome))}.</p>')


def draw_source(words: str) -> None:
    """Credit the owner of the official titles, wherever they are used."""
    if words:
        st.html(f'<p class="cj-source">{escape(words)}</p>')


def draw_job_card(job: Category, because: str) -> None:
    """Draw one job: its name in both genders, its summary, and why it is shown."""
    with st.container(key=f"cj-job-{job.cle}", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            key = session_state.widget_key("job", job.cle)
            st.button(job.nom_m, key=key, icon=job.icone, wrap=True, on_click=show_sheet, args=(job.cle,))
            if job.nom_f != job.nom_m:
                st.html(f'<p class="cj-codes">ou {escape(lower_first_letter(job.nom_f))}</p>', width="content")
        st.html(f'<p class="cj-help">{escape(job.resume)}<br><em>{escape(because[0].upper() + because[1:])}</em></p>')


def _note_opened_job(job: Category) -> None:
    opened = session_state.JOBS_OPENED.get() | {job.cle}
    session_state.JOBS_OPENED.set(opened)
    count = min(len(opened), _OPENED_IN_GROUP)
    done = count == _OPENED_IN_GROUP
    session_strip.note_step(PAGE, step=count, steps=_OPENED_IN_GROUP, title="Fiches ouvertes", done=done)


def _draw_facts(job: Category) -> None:
    facts = (
        ("Où", job.ou),
        ("Avec qui", job.avec_qui),
        ("Horaires", job.horaires),
        ("Avant 18 ans", minors.said_before_18(job.cle)),
    )
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
    st.html(f'<dl class="cj-facts">{rows}</dl>')


def _list_html(title: str, lines: tuple[str, ...]) -> None:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<section class="cj-list"><h2>{title}</h2><ul>{items}</ul></section>')


def _draw_reasons(job: Category, why: str) -> None:
    text_boxes.draw_lines(
        "Pourquoi ce métier\u00a0?",
        name=f"why-{job.cle}",
        kept=why,
        take=lambda typed: _save_why(job.cle, text.clean_paragraph(typed, most=_WHY)),
        most=_WHY,
    )
    open_work.saved_mark()
    ready = [line for line in job.ce_qui_aide[:_LIKED_FIRST] if line not in why]
    st.html('<p class="cj-or">Tu peux cocher\u00a0:</p>')
    for line in ready:
        st.button(
            line,
            key=session_state.widget_key("why-line", job.cle, line),
            icon=":material/add:",
            on_click=_add_why,
            args=(job.cle, why, line),
        )


def show_sheet(key: str) -> None:
    """Ask for the page of a job; `follow_to_sheet` opens it on the next run."""
    session_state.JOB.set(key)
    session_state.OPEN_JOB.set(True)


def _choose_family(key: str) -> None:
    session_state.JOB_FAMILY.set(key)


def _count_missing(query: Query) -> None:
    day = days.local_day(utc_now())
    if transactions.run_action(lambda session, me: missing.count_missing_words(session, by=me, query=query, today=day)):
        session_state.tell_once("Merci. Ta structure pourra ajouter ce mot.")


def _keep_job(key: str) -> None:
    operation = works.new_operation()
    if transactions.run_action(
        lambda session, me: choices.keep_favourite(session, by=me, key=key, operation=operation)
    ):
        session_state.tell_once("C’est gardé. Dis pourquoi ce métier te plaît.")


def _drop_job(key: str) -> None:
    operation = works.new_operation()
    transactions.run_action(lambda session, me: choices.drop_favourite(session, by=me, key=key, operation=operation))


def _add_why(job: str, why: str, line: str) -> None:
    if _save_why(job, f"{why.rstrip('.')}. {line}." if why else f"{line}."):
        session_state.renew_widgets()


def _save_why(job: str, why: str) -> bool:
    operation = works.new_operation()
    saved = transactions.run_action(
        lambda session, me: choices.say_why(session, by=me, key=job, why=why, operation=operation)
    )
    return saved is not None
