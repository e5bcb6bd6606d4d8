"""What is kept and forgotten, what others see, and what a person may take along."""
