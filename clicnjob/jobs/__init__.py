"""The catalogue of everyday jobs and the search in one's own words."""
