"""Files that leave and come back: ours, and those of other tools."""
