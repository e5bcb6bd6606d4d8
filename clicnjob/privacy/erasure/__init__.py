"""Erasing a person, and erasing them again after a restore."""
