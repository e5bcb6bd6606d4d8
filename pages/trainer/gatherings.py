"""« Séances de groupe »: start a session, run it, then note who attended."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer import attendance, gatherings

me = guard.require_role(*SUPPORT_ROLES)

shown = gatherings.read_gatherings(me)
if shown.running is not None:
    gatherings.draw_running(me, shown.running)
elif shown.opened is not None:
    attendance.draw_closing(me, shown.opened)
else:
    gatherings.draw_beginning()
    gatherings.draw_past(shown)
