"""« Mes jeunes »."""
