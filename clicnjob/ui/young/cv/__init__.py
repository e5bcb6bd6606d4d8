"""The CVs of a young person, their page and their files."""
