"""« On se connaît en 2 minutes »: a few questions that open the first visit where a structure wishes it, and what they change."""
