"""What stands around every page: navigation, who is there, the session, acts, the header."""
