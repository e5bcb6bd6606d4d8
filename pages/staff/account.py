"""One's own account: who one is here, password, second factor, where one is signed in and what was tried."""

import streamlit as st

from clicnjob.models import STAFF_ROLES
from clicnjob.ui import signin
from clicnjob.ui.admin import own

me = signin.require_role(*STAFF_ROLES)
shown = own.read(me)

st.title("Mon compte", anchor=False)
own.account(shown)
own.changes(shown)
own.sign_ins(shown)
own.history(shown)
