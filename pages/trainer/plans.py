"""« Plans de séance »: ready sessions of 1 h 30, to read, to print, to start from, to copy and to write."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer.plans import page

me = guard.require_role(*SUPPORT_ROLES)

page.draw_plans(me)
