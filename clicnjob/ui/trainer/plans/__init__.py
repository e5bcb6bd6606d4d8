"""The plans of sessions for a trainer: choosing and reading one, writing the structure's own, taking one in from a file."""
