"""The command line’s rooms."""
