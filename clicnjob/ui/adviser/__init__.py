"""The pages of advisers."""
