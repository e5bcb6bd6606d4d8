"""« Séances de groupe »: start a session, run it, then note who attended."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer import attendance, gatherings

me = guard.require_role(*SUPPORT_ROLES)

shown = gatherings.read(me)
if shown.running is not None:
    gatherings.running(me, shown.running)
elif shown.opened is not None:
    attendance.closing(me, shown.opened)
else:
    gatherings.beginning()
    gatherings.past(shown)
