"""« La séance »: where a participant waits, reads where they are, and leaves."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.workshop import place

me = guard.require_role(*YOUNG_ROLES)

place.draw_place(place.read_place(me))
