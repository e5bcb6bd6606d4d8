"""« Ce que j’aime » with a group: projected statements, hands counted if wished, no person recorded."""

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui import gatherings, group_quiz, signin

me = signin.require_role(*SUPPORT_ROLES)

group_quiz.show()
gatherings.offer(me)
