"""What a participant sees of a live group session."""
