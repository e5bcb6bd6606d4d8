"""The answers that « Mon sac » lists for each stage, and the earlier versions of the profile."""

from __future__ import annotations

import streamlit as st

from clicnjob import db, works
from clicnjob.cv.document import compose
from clicnjob.cv.model import changes, guide
from clicnjob.cv.model.profile import Cv, Profile, SectionKey
from clicnjob.french import contact
from clicnjob.ui.shell import session_state, transactions
from clicnjob.ui.shell.open_work import Desk

STAGES = {stage: words for stage, words in guide.STAGES.items() if stage != "fin"}  # the last stage asks nothing
_SECTIONS: dict[str, SectionKey] = {
    "experiences": "experiences",
    "etudes": "studies",
    "permis": "certificates",
    "langues": "languages",
    "qualites": "qualities",
    "interets": "interests",
}
_SHOWN = 10


def stage_lines(now: Desk, stage: str) -> list[str]:
    """Return the answers of one stage, worded as on the CV."""
    profile = now.profile
    if section := _SECTIONS.get(stage):
        return [label for _, label in compose.section_items(profile, section, Cv())]
    said = {
        "identite": [
            f"{profile.first_name} {profile.last_name}".strip(),
            contact.phone_shown(profile.phone),
            profile.email,
            profile.town,
        ],
        "metier": [now.cv.job_wanted, profile.availability, *profile.mobility],
        "accroche": [*now.cv.opening, *profile.skills],
    }
    return [line for line in said.get(stage, []) if line]


def draw_versions(now: Desk) -> None:
    """Draw the latest versions of the profile, each with what it changed and a button that restores it."""
    with db.read_transaction() as session:
        steps = works.work_history(session, now.bag.profile_id, of=now.me, most=_SHOWN + 1)
    versions = [Profile.model_validate(step.body) for step in steps]
    for position, step in enumerate(steps[:_SHOWN]):
        before = versions[position + 1] if position + 1 < len(versions) else None
        when = step.at.astimezone()
        with st.container(key=f"cj-version-{step.version}", horizontal=True, vertical_alignment="center"):
            st.text(f"Le {when:%d/%m} à {when:%H h %M}\n{changes.change_text(before, versions[position])}")
            current = step.version == now.bag.versions[now.bag.profile_id]
            st.button(
                "C’est celle-ci" if current else "Reprendre celle-ci",
                key=f"version-{step.version}",
                disabled=current,
                on_click=_back_to,
                args=(now.bag.profile_id, step.version, now.bag.versions[now.bag.profile_id]),
            )


def _back_to(work_id: str, version: int, base: int) -> None:
    operation = works.new_operation()
    done = transactions.run_action(
        lambda session, me: works.restore_version(
            session, work_id, by=me, version=version, base=base, operation=operation
        )
    )
    if done:
        session_state.renew_widgets()
        session_state.tell_once("Cette version est revenue.")
