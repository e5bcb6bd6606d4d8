"""The ways of asking: boxes, choices, tiles."""
