"""Stores a young person's applications and gives the words around them."""
