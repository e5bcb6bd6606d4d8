"""« Inscrire une liste »: upload a file, check how it is read, then enrol the good rows and mend the others."""

import streamlit as st

from clicnjob.models import SUPPORT_ROLES
from clicnjob.ui.adviser import import_aside, import_people, latest_imports
from clicnjob.ui.shell import guard, layout

me = guard.require_role(*SUPPORT_ROLES)

st.title("Inscrire une liste", anchor=False)
st.text("Déposez votre liste comme elle est. Une ligne par jeune\u00a0: le prénom et le nom suffisent.")
if me.projected:
    layout.names_not_shown()
    st.stop()
import_people.draw_template()
given = import_people.given_preview(me)
if given is not None:
    found, shown = given
    import_people.draw_reading(found, shown)
    import_people.draw_confirmation(found, shown, import_people.twins_kept(shown))
import_aside.draw_remainders(me)
latest_imports.draw_latest_imports(me)
