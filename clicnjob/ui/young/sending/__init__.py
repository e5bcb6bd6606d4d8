"""« Envoyer mon CV »: a message and a letter to an employer, from ticked sentences."""
