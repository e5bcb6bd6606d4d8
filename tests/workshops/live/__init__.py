"""Live group sessions."""
