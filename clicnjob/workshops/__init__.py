"""Group sessions: begun and ended by who runs them, with who was there."""
