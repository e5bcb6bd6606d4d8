"""« Leçons de la structure »: its own lessons and scenes to write, publish, pass on; what young people report."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer.lessons import page
from clicnjob.ui.young.learn import preview

me = guard.require_role(*SUPPORT_ROLES)

page.draw_lessons(me, preview.draw_preview)
