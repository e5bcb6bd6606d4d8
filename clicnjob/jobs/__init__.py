"""The catalogue of everyday jobs, and the search that reads a person's own words."""
