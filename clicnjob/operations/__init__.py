"""What keeps an installation safe and running: its files, locks, copies, and the check before each start."""
