"""Lessons and scenes: their shape, what a person did of them, and when they come again."""
