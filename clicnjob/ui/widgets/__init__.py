"""Widgets that several pages share; most are custom Streamlit components."""
