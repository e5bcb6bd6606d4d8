"""The last questions: skills, the two opening lines, and gaps in the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from clicnjob.cv.model import guide, opening_lines, periods, phrases
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Gap, Period, Profile, new_id
from clicnjob.ui.forms import asking
from clicnjob.ui.shell import open_work, session_state
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import way

_SKILLS = 10
_LINES = 5


def ask_skills(now: Desk, at: GuidePlace) -> None:
    """Ask for the skills that the activities prove, as checkboxes, then for others in the person's own words."""
    proven = [
        skill
        for item in now.profile.experiences
        if item.activity in now.words.activities
        for skill in now.words.activities[item.activity].competences
    ]
    for skill in list(dict.fromkeys(proven))[:_SKILLS]:
        asking.ask_tick(skill, name=f"skill-{skill}", ticked=skill in now.profile.skills, put=_put_skill(skill))
    own = _own_skills(now.profile, proven)
    for position in range(min(len(own) + 1, _SKILLS)):
        asking.ask_line(
            f"Autre chose que tu sais faire{f' ({position + 1})' if position else ''}",
            name=f"skill-own-{position}",
            value=own[position] if position < len(own) else "",
            put=_put_own_skill(proven, position),
            example="Rendre la monnaie",
        )


def first_line(now: Desk, at: GuidePlace) -> None:
    """Ask for the first opening line."""
    _ask_opening_line(now, at, 1)


def second_line(now: Desk, at: GuidePlace) -> None:
    """Ask for the second opening line."""
    _ask_opening_line(now, at, 2)


def ask_gap(now: Desk, at: GuidePlace) -> None:
    """Draw the explained gaps, and ask for a sentence about the first gap without one."""
    empty = guide.uncovered_gaps(now.profile, today=date.today())
    for kept in now.profile.gaps:
        with st.container(key=f"cj-line-{kept.id}", horizontal=True, vertical_alignment="center"):
            st.html(
                f"<p class='cj-item'><strong>{escape(kept.text)}</strong><br>{escape(periods.period_text(kept.period))}</p>"
            )
            st.button("Enlever", key=f"remove-{kept.id}", type="tertiary", on_click=_remove_gap, args=(kept.id,))
    if not empty:
        st.text("Tout ton parcours est expliqué.")
        return
    st.html(f'<p class="cj-or">{escape(periods.period_text(empty[0])).capitalize()}\u00a0:</p>')
    situations = {words.situation: words for words in now.words.gaps.values()}
    chosen = st.pills(
        "Situation",
        list(situations),
        key=session_state.widget_key("situation", empty[0].start),
        label_visibility="collapsed",
    )
    if chosen:
        st.text("Choisis une phrase. On garde seulement la phrase.")
        for template in situations[chosen].sur_le_cv:
            words = phrases.phrase_text(template)
            st.button(
                words,
                key=session_state.widget_key("gap", template),
                icon=":material/add:",
                on_click=_add_gap,
                args=(words, empty[0]),
            )


def _ask_opening_line(now: Desk, at: GuidePlace, position: int) -> None:
    kept = now.cv.opening[position - 1] if len(now.cv.opening) >= position else ""
    offered = list(opening_lines.opening_lines(position, now.profile, now.cv, now.words)[:_LINES])

    def put(profile: Profile, cv: Cv, value: str | None) -> None:
        lines = [*cv.opening, "", ""][:2]
        lines[position - 1] = value or ""
        cv.opening = lines

    asking.touch_line(offered, name=f"opening-{position}", put=put, then=lambda: way.go_on(at))
    asking.ask_text("Change les mots si tu veux", name=f"opening-own-{position}", value=kept, put=put)


def _put_skill(skill: str) -> asking.Ticked:
    def put(profile: Profile, cv: Cv, ticked: bool) -> None:
        others = [each for each in profile.skills if each != skill]
        profile.skills = [*others, skill] if ticked else others

    return put


def _own_skills(profile: Profile, proven: Sequence[str]) -> list[str]:
    return [skill for skill in profile.skills if skill not in proven]


def _put_own_skill(proven: Sequence[str], position: int) -> asking.Put:
    """Return a callback that sets the own skill at this position; '' removes it.

    It starts from the stored skills, because a box saves several times while one types.
    """

    def put(profile: Profile, cv: Cv, value: str) -> None:
        own = _own_skills(profile, proven)
        if position < len(own):
            changed = [value if skill == own[position] else skill for skill in profile.skills]
        else:
            changed = [*profile.skills, value]
        profile.skills = list(dict.fromkeys(skill for skill in changed if skill))
        if not value and position + 1 < len(own):  # later skills move up, so their boxes need new keys
            session_state.renew_widgets()

    return put


def _add_gap(words: str, period: Period) -> None:
    open_work.change_cv(lambda profile, cv: profile.gaps.append(Gap(id=new_id(), text=words, period=period)))


def _remove_gap(item_id: str) -> None:
    def put(profile: Profile, cv: Cv) -> None:
        profile.gaps = [gap for gap in profile.gaps if gap.id != item_id]

    open_work.change_cv(put)
