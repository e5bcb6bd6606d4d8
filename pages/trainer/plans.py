"""« Plans de séance »: ready sessions of 1 h 30, to read, to print, to start from."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer import plans

me = guard.require_role(*SUPPORT_ROLES)

plans.draw_plans(me)
