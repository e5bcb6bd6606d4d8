"""Preparing interviews, on screen."""
