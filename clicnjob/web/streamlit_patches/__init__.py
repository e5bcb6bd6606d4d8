"""What reaches into the private parts of Streamlit."""
