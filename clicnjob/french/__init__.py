"""Language without a person and without a database: days, dates, hours and contacts as French people write them."""
