"""Finding jobs."""
