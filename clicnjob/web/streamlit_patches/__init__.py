"""What replaces or reads the private parts of Streamlit and uvicorn: one module a patch, `install` lists them."""
