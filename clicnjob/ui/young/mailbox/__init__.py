"""« M’entraîner au mail »: a safe copy of a mail programme."""
