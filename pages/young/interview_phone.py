"""The telephone: a call rehearsed branch by branch."""

from clicnjob.models import YOUNG_ROLES
from clicnjob.ui import signin
from clicnjob.ui.interview import book, phone

me = signin.require_role(*YOUNG_ROLES)
call = phone.chosen()

if call is None:
    phone.choose()
    book.back()
else:
    phone.play(call)
