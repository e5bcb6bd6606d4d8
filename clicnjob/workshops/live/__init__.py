"""A live group session: who joins and sits where, what is pushed to the screens, the trainer's board, the projector."""
