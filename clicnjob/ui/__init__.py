"""The only package code that knows Streamlit."""
