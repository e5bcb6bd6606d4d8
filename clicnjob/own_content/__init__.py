"""What a structure writes itself (plans, lessons, scenes): box by box, by several at once, with undo, kept and brought."""
