"""The sheet of one young person."""
