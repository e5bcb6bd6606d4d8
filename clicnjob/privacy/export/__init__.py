"""Everything of a person, to be seen, taken along and taken in again."""
