"""The search of activities in a person's own words, and the kind of experience of the one that they choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from clicnjob import db, policy
from clicnjob.cv.model import activities
from clicnjob.cv.model.activities import FoundActivities
from clicnjob.cv.model.profile import ExperienceKind
from clicnjob.cv.model.prompts import Activity, cv_prompts
from clicnjob.jobs import finder
from clicnjob.ui.forms import choice_boxes, text_boxes
from clicnjob.ui.shell import layout, session_state
from clicnjob.ui.young import support_card

Choose = Callable[[Activity, ExperienceKind], None]
_TILES_AT_ONCE = 12
_NOTHING = "On n’a pas trouvé. Essaie avec un lieu ou un geste. Ou touche une image."


def ask_for_activity(name: str, *, kind: str, offered: Sequence[Activity], choose: Choose) -> None:
    """Draw the search box over all kinds, then its answers, or the `offered` activities while it is empty.

    `kind` is the kind at hand, or ''. Where an activity exists in several others, the person says which.
    """
    picked = session_state.picked_activity(name)
    if activity := cv_prompts().activities.get(picked.get()):
        _ask_kind(activity, picked, choose)
        return
    key = session_state.widget_key("search", name)
    text_boxes.note_limit(key, policy.WISH_LENGTH)
    wanted = st.text_input(
        "Cherche avec tes mots",
        key=key,
        placeholder="Exemple\u00a0: resto, enfants, foot",
        max_chars=policy.WISH_LENGTH,
        live=True,
    )
    if not (wanted or "").strip():
        _draw_offered(name, offered, partial(_choose_activity, picked, kind, choose))
        return
    found = _find_activities(wanted or "", kind)
    if found.support:
        support_card.show_support(found.support)
    elif not found.activities:
        st.info(_NOTHING, icon=":material/search:")
    _draw_tiles(found.activities, partial(_choose_activity, picked, found.kind or kind, choose))


def _find_activities(wanted: str, kind: str) -> FoundActivities:
    with db.read_transaction() as session:
        jobs = finder.search_index(session)
    return activities.find_activities(wanted, jobs=jobs, kind=kind)


def _draw_offered(name: str, offered: Sequence[Activity], choose: Callable[[str], None]) -> None:
    more = session_state.more_tiles(name)
    shown = offered if more.get() else offered[:_TILES_AT_ONCE]
    _draw_tiles(shown, choose)
    if len(shown) < len(offered):
        st.button(f"Voir les {len(offered) - len(shown)} autres", key=f"{more}-button", on_click=more.set, args=(True,))


def _draw_tiles(shown: Sequence[Activity], choose: Callable[[str], None]) -> None:
    choice_boxes.draw_tiles([(a.cle, a.icone, a.nom) for a in shown], name="activities", choose=choose)


def _choose_activity(picked: session_state.Key[str], kind: str, choose: Choose, key: str) -> None:
    activity = cv_prompts().activities[key]
    chosen = activities.kind_of_choice(activity, kind=kind)
    if chosen is None:
        picked.set(key)
        return
    choose(activity, chosen)


def _ask_kind(activity: Activity, picked: session_state.Key[str], choose: Choose) -> None:
    """Ask in which kind of experience the chosen activity took place."""
    kinds = [cv_prompts().kinds[genre] for genre in activity.genres]
    st.header(f"{layout.escape_markdown(activity.nom)}\u00a0: c’était quoi\u00a0?", anchor=False)

    def take(chosen: str) -> None:
        picked.set("")
        choose(activity, next(genre for genre in activity.genres if genre == chosen))

    choice_boxes.draw_tiles([(kind.cle, kind.icone, kind.nom) for kind in kinds], name="kinds-of", choose=take)
    st.button("Choisir autre chose", key=f"{picked}-back", type="tertiary", on_click=picked.set, args=("",))
