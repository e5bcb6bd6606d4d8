"""The structure's pages: team, structures, settings, journal, health, and one's own account."""
