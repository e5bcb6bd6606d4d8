"""The invisible piece by which a participant's screen follows the session: it asks for a version, and redraws on a change.

Each fragment that shows the session draws it once. It asks `/signal`, which answers when something changes or after a few
seconds, and reruns the fragment that holds it only when the answer differs from what is drawn. It asks less often when
nothing answers, and every ten seconds, without waiting, while the tab is hidden. A person in no session has no such
piece. It never changes the page: what is typed stays where it is.
"""

from __future__ import annotations

from datetime import datetime

from clicnjob.ui.shell.components import component_beside
from clicnjob.workshops.live import participant_screen
from clicnjob.workshops.live.participant_screen import ParticipantView

_component = component_beside(
    __file__, html='<p class="said" role="status"></p><p class="lost" role="status" hidden></p>'
)


def follow_session(view: ParticipantView, *, now: datetime) -> None:
    """Draw the piece. What the group does now is also spoken when it changes, politely, for those who do not see it."""
    again_at = participant_screen.changes_at(view, now=now)
    _component(
        key="session-push",
        data={
            "version": view.version,
            "again": (again_at - now).total_seconds() if again_at else -1,
            "said": view.activity.title if view.activity else "",
        },
        on_moved_change=lambda: None,
        height="content",
    )
