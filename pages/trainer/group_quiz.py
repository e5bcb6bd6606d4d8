"""The interest quiz projected to a group; hands may be counted, but nobody is recorded."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.trainer import group_quiz, workshops

me = guard.require_role(*SUPPORT_ROLES)

group_quiz.draw_group_quiz()
workshops.draw_offer(me)
