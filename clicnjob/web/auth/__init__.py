"""The plain pages of signing in, waking, going on and leaving."""
