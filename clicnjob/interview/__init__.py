"""Preparing interviews: questions, training, the day itself."""
