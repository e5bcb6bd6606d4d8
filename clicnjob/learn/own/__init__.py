"""The lessons and scenes that a structure writes itself, shows to its young people and passes on as files."""
