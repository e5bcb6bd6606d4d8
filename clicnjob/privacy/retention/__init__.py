"""What goes when its time is over, and what is frozen."""
