"""« M’entraîner au mail »: a copy of a mail programme in which nothing leaves."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard, session_state
from clicnjob.ui.young.mailbox import choosing, mailbox_desk, page
from clicnjob.ui.young.sending import letter_desk

me = guard.require_role(*YOUNG_ROLES)
letter_desk.follow_to_letter()
now = mailbox_desk.opened_mailbox(me)

if now.work is not None:
    page.draw_exercise(now, now.work)
elif session_state.EXERCISE.get() == mailbox_desk.SORTING:
    page.draw_sorting(now)
else:
    choosing.draw_exercises(now)
page.draw_tools(now)
