"""The pages of young people."""
