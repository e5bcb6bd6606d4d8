"""« Séance en direct »: the trainer's board of the running session."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer.board import page

me = guard.require_role(*SUPPORT_ROLES, telling=False)

page.draw_board_page()
