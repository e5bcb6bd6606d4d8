"""Signing up a list: from a file to cards."""
