"""The interest quiz projected to a group; hands may be counted, but nobody is recorded."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui import gatherings, group_quiz, signin

me = signin.require_role(*SUPPORT_ROLES)

group_quiz.show()
gatherings.offer(me)
