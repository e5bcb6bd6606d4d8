"""The questions that open the first visit, one a screen, and what they changed."""
