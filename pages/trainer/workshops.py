"""« Séances de groupe »: start a session, run it, then note who attended."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer import acting, attendance, home, workshops

me = guard.require_role(*SUPPORT_ROLES)

acting.open_asked_page("trainer/workshops.py")

shown = workshops.read_workshops(me)
if shown.running is not None:
    workshops.draw_running(me, shown.running)
elif shown.opened is not None:
    attendance.draw_closing(me, shown.opened)
else:
    home.draw_home(me, shown)
    workshops.draw_beginning()
    workshops.draw_past(shown)
