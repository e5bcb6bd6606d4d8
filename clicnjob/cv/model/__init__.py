"""What a young person has told, how it is asked, and what could be better."""
