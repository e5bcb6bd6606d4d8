"""What three pages or more share."""
