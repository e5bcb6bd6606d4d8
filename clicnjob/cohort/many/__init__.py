"""Acts on many young people at once: whom they reach, who is left out and why, one transaction, one undo."""
