"""« On se connaît »: the questions that open the first visit, and what they changed."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.first_visit import page

me = guard.require_role(*YOUNG_ROLES)
known = page.read_acquaintance(me)

if (question := page.current_question(known)) is not None:
    page.draw_question(known, question)
else:
    page.draw_result(known)
