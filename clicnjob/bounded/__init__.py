"""How what others wrote is read: never further than bounds of size, time and memory."""
