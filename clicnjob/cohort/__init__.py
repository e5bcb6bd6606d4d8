"""What advisers do: follow young people's progress, see who needs them, and answer."""
