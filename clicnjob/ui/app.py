"""The router: the script that Streamlit runs for every page."""

import streamlit as st

from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import router, signed_in, uploads

uploads.begin_run()
st.set_page_config(page_title="ClicNJob", page_icon="🧭", layout="wide", initial_sidebar_state="collapsed")
someone = signed_in.person_here()
router.chosen_page(someone.roles if someone else frozenset()).run()
if someone:
    text_boxes.report_to_browser()
