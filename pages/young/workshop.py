"""« La séance »: where a participant waits, reads what to do, asks for help, and leaves."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.workshop import place

me = guard.require_role(*YOUNG_ROLES, following=False)

place.draw_page(me)
