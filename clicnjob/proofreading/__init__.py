"""What may be wrong in a text or has no place on a CV; without a person and without a database."""
