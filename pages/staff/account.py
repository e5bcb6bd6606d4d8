"""« Mon compte » of a professional: account, password, second factor and sign-ins."""

import streamlit as st

from clicnjob.models import STAFF_ROLES
from clicnjob.ui.admin import own
from clicnjob.ui.shell import guard

me = guard.require_role(*STAFF_ROLES)
shown = own.own_account(me)

st.title("Mon compte", anchor=False)
own.draw_account(shown)
own.draw_changes(shown)
own.sign_ins(shown)
own.draw_history(shown)
