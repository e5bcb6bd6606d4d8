"""Turns a young person's answers into a CV: questions, proofreading and documents."""
