"""What happens live in a group session: pushes, progress, calls for help, and what each screen shows of it."""
