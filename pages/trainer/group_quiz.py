"""« Ce que j’aime » with a group: projected statements, hands counted if wished, no person recorded."""

from clicnjob.ui import group_quiz, navigation, signin

me = signin.require_role(*SUPPORT_ROLES)

group_quiz.show()
