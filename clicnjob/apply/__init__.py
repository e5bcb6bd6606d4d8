"""The applications of a young person: what was sent, and what comes next."""
