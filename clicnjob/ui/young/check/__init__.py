"""« Mon point numérique »: its ten screens, what they end in, and typing in a sheet of paper."""
