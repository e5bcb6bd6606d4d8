"""Helps a young person to prepare for interviews: questions, practice, the day itself."""
