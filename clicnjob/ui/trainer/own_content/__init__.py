"""What the editors of plans and of lessons have in common: their head, their parts, their boxes, a file that is brought."""
