"""Two files of one young person made one, and separated again."""
