"""What advisers do: read what the rooms below hold, see who needs them, and answer."""
