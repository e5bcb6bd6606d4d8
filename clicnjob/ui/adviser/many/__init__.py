"""Acts on the people ticked in « Mes jeunes »: the bar, one panel for each act, its confirmation and its undo."""
