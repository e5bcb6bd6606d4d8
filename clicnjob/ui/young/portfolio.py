"""« Ma séance »: five short questions after a group session, for the page that the person keeps in their portfolio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st
from sqlmodel import Session

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.french import days
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import navigation, read_aloud, session_state, transactions
from clicnjob.ui.widgets import download, turn
from clicnjob.workshops.records import portfolio
from clicnjob.workshops.records.portfolio import Line, PortfolioPage
from clicnjob.workshops.records.portfolio_words import fitting_phrases, portfolio_words

FILE = "young/portfolio.py"
_QUESTIONS = {
    Line.DID: ("Qu’est-ce que tu as fait\u00a0?", "Coche ce qui est vrai pour toi."),
    Line.GAINED: ("Qu’est-ce que tu as gagné\u00a0?", "Même une petite chose compte."),
    Line.REUSE: ("Qu’est-ce qui te servira encore\u00a0?", "Pense à la semaine qui vient."),
}
_LAST = len(Line) + 2  # the three lines, the competences, what comes next; then the whole page
_FEW = 5  # phrases at first; the others are folded


def read_page(me: Present) -> PortfolioPage | None:
    """Read the page of the person's running or latest session."""
    with db.read_transaction() as session:
        return portfolio.own_page(session, of=me, now=models.utc_now())


def read_competences(me: Present) -> tuple[str, ...]:
    """Read the list of competences of the person's structure."""
    with db.read_transaction() as session:
        return portfolio.offered_competences(session, organisation_id=me.organisation_id)


def draw_page(me: Present, page: PortfolioPage | None) -> None:
    """Draw the current question, or the whole page at the end."""
    if page is None:
        st.title("Ma séance", anchor=False)
        st.text("Tu n’as pas de séance en ce moment. Après une séance de groupe, ta page est ici pendant une semaine.")
        if st.button("Revenir à mon chemin", key="home", icon=":material/arrow_back:"):
            st.switch_page(navigation.page_path("young/path.py"))
        return
    step = min(session_state.PORTFOLIO_STEP.get(), _LAST)
    if step == _LAST:
        _draw_whole(page)
        return
    st.html(f'<p class="cj-about">{escape(page.title)} · {step + 1} sur {_LAST}</p>')
    with st.container(key="cj-card"):
        if step < len(Line):
            _draw_line(page, tuple(Line)[step])
        elif step == len(Line):
            _draw_competences(page, read_competences(me))
        else:
            _draw_next(page)
        _draw_steps(step)


def draw_on_home(page: PortfolioPage) -> None:
    """Draw, on the home page, what the person chose to do next, and the door to their page."""
    said = page.next_step or "Garde une page de cette séance\u00a0: ce que tu as fait, ce que tu as gagné."
    when = days.shown_day(page.began_at.astimezone().date(), today=models.utc_now().astimezone().date())
    with st.container(key="cj-workshop-kept", border=True, horizontal=True, vertical_alignment="center"):
        title = f"{page.title}, {when}"
        st.html(f'<p class="cj-leave"><strong>{escape(title)}</strong><br>{escape(said)}</p>', width="stretch")
        words = "Écrire ma page" if page.is_empty else "Voir ma page"
        if st.button(words, key="to-portfolio", icon=":material/assignment_turned_in:"):
            open_own_page(page)


def open_own_page(page: PortfolioPage | None) -> None:
    """Go to the page: to its first question while nothing is written, else to the whole page."""
    session_state.PORTFOLIO_STEP.set(0 if page is None or page.is_empty else _LAST)
    st.switch_page(navigation.page_path(FILE))


def _draw_question(title: str, helping: str, place: str) -> None:
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False)
        turn.to_title(f"portfolio-{place}")
        read_aloud.read_aloud_button(f"{title} {helping}", key=f"listen-{place}")
    st.html(f'<p class="cj-help">{escape(helping)}</p>')


def _draw_line(page: PortfolioPage, line: Line) -> None:
    phrases = {Line.DID: "fait", Line.GAINED: "gagne", Line.REUSE: "reutiliser"}[line]
    ready = fitting_phrases(getattr(portfolio_words(), phrases), page.activities)
    _draw_question(*_QUESTIONS[line], line.value)
    kept = page.lines[line]
    own = next((one for one in kept if one not in ready), "")
    _draw_phrases(ready, kept, name=line.value, take=partial(_tick_sentence, line))
    text_boxes.draw_line(
        "Ou avec tes mots", name=f"portfolio-{line.value}", kept=own, take=partial(_write_own, line, own), most=90
    )


def _draw_competences(page: PortfolioPage, offered: Sequence[str]) -> None:
    most = policy.PORTFOLIO_COMPETENCES
    _draw_question("Quelles compétences as-tu utilisées\u00a0?", f"Choisis-en {most} au plus.", "competences")
    _draw_phrases(offered, page.competences, name="competences", take=_tick_competence)


def _draw_next(page: PortfolioPage) -> None:
    ready = fitting_phrases(portfolio_words().suite, page.activities)
    _draw_question("Et maintenant, que fais-tu\u00a0?", "Une seule chose. Elle sera sur ton accueil.", "next")
    chosen = page.next_step if page.next_step in ready else None
    choice_boxes.draw_sentences("La suite", ready, name="portfolio-next", chosen=chosen, take=_choose_next)
    own = "" if chosen else page.next_step
    text_boxes.draw_line("Ou avec tes mots", name="portfolio-next-own", kept=own, take=_choose_next, most=90)


def _draw_phrases(ready: Sequence[str], kept: Sequence[str], *, name: str, take: Callable[[str, bool], bool]) -> None:
    """Draw the first phrases, and the others folded unless one of them is ticked."""
    first, others = ready[:_FEW], ready[_FEW:]
    for sentence in first:
        choice_boxes.draw_tick(
            sentence, name=f"{name}-{sentence}", ticked=sentence in kept, take=partial(take, sentence)
        )
    if not others:
        return
    folded = choice_boxes.folded_part("D’autres idées", key=f"more-{name}", unfolded=bool(set(others) & set(kept)))
    if folded:
        with folded:
            for sentence in others:
                choice_boxes.draw_tick(
                    sentence, name=f"{name}-{sentence}", ticked=sentence in kept, take=partial(take, sentence)
                )


def _draw_steps(step: int) -> None:
    with st.container(key="cj-steps", horizontal=True, gap="small"):
        if step:
            st.button("Retour", key="back", icon=":material/arrow_back:", on_click=_go_to, args=(step - 1,))
        st.button("Continuer", key="next", type="primary", on_click=_go_to, args=(step + 1,))


def _draw_whole(page: PortfolioPage) -> None:
    with st.container(key="cj-question", horizontal=True, vertical_alignment="center"):
        st.title("Ta page est prête", anchor=False)
        turn.to_title("portfolio-whole")
    parts = [(title, page.lines[line]) for line, title in zip(Line, ("Fait", "Gagné", "Pour plus tard"), strict=True)]
    parts += [("Compétences", page.competences), ("La suite", (page.next_step,) if page.next_step else ())]
    items = "".join(
        f"<dt>{title}</dt>" + "".join(f"<dd>{escape(one)}</dd>" for one in sentences or ("Rien pour l’instant.",))
        for title, sentences in parts
    )
    st.html(f'<dl class="cj-portfolio">{items}</dl>')
    download.download_button("Télécharger ma page", document="portfolio", icon=":material/download:", primary=True)
    choice_boxes.draw_tick(
        "Mon formateur peut imprimer cette page", name="portfolio-shared", ticked=page.shared, take=_share_page
    )
    st.html('<p class="cj-small">Sinon, toi seul la vois. Le travail que tu as fait reste dans ton espace.</p>')
    with st.container(key="cj-portfolio-after", horizontal=True, gap="small"):
        st.button("Changer mes réponses", key="change", icon=":material/edit:", on_click=_go_to, args=(0,))
        if st.button("Revenir à mon chemin", key="home", icon=":material/route:"):
            st.switch_page(navigation.page_path("young/path.py"))


def _is_done(action: Callable[[Session, Present], None]) -> bool:
    return transactions.run_action(action) is not None


def _tick_sentence(line: Line, sentence: str, ticked: bool) -> bool:
    return _is_done(
        lambda session, me: portfolio.tick_sentence(
            session, by=me, line=line, sentence=sentence, ticked=ticked, now=models.utc_now()
        )
    )


def _write_own(line: Line, before: str, typed: str) -> bool:
    return _is_done(
        lambda session, me: portfolio.write_sentence(
            session, by=me, line=line, before=before, typed=typed, now=models.utc_now()
        )
    )


def _tick_competence(competence: str, ticked: bool) -> bool:
    return _is_done(
        lambda session, me: portfolio.tick_competence(
            session, by=me, competence=competence, ticked=ticked, now=models.utc_now()
        )
    )


def _choose_next(sentence: str | None) -> bool:
    return _is_done(
        lambda session, me: portfolio.choose_next_step(session, by=me, sentence=sentence or "", now=models.utc_now())
    )


def _share_page(shared: bool) -> bool:
    return _is_done(lambda session, me: portfolio.share_page(session, by=me, shared=shared, now=models.utc_now()))


def _go_to(step: int) -> None:
    session_state.forget_faults()
    session_state.PORTFOLIO_STEP.set(step)
