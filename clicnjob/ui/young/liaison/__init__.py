"""« Ma fiche de liaison »: the lines that the person gives, one by one, and their agreement."""
