"""« Ce qui me bloque »: the pictures, one obstacle with its first step, and whom to turn to."""
