"""The lessons and scenes of a structure for its professionals: the list, writing one, taking one in, what is reported."""
