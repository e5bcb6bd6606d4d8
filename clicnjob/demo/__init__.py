"""Demonstration people. Nobody here exists."""
