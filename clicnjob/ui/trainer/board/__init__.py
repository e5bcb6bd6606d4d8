"""The board of a running session, in one fragment: it is run again when something changed, and by each gesture."""
