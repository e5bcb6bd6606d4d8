"""The pages of administration: team, organisations, settings, journal, health, and one's own account."""
