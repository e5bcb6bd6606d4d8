"""Files made at the moment they are fetched."""
