"""« À trois »: interview practice in threes, first the rules, then the role cards."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import book, trio

me = signin.require_role(*YOUNG_ROLES)

if trio.playing():
    trio.play()
else:
    trio.rules(me)
    book.back()
