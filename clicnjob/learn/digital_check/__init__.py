"""« Mon point numérique »: ten questions with pictures, private, which end in two or three lessons and never in a mark."""
