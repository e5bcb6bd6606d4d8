"""What a participant of a live group session sees."""
