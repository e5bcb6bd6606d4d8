"""« Mon point numérique »: ten questions with pictures, then two or three lessons."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, session_state
from clicnjob.ui.young.check import from_paper, page
from clicnjob.ui.young.learn import opening

me = guard.require_role(*YOUNG_ROLES)
opening.follow_to_content()
found = page.read_check(me)
question = found.check.next_question
step = session_state.CHECK_STEP.get()

if question is None:
    page.draw_result(found)
elif step == page.PAPER:
    from_paper.draw_form()
elif found.check.answers or step == page.BEGUN:
    page.draw_question(found, question)
else:
    page.draw_start()
