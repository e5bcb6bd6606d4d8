"""« À trois »: interview practice in threes, first the rules, then the role cards."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui.shell import guard
from clicnjob.ui.young.interview import book, trio

me = guard.require_role(*YOUNG_ROLES)

if trio.is_playing():
    trio.play_turn()
else:
    trio.draw_rules(me)
    book.draw_way_back()
