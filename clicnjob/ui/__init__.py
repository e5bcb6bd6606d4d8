"""The Streamlit interface: the shared parts of the pages. Features below this package never import Streamlit."""
