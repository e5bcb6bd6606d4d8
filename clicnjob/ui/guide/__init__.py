"""The guided CV: one function a question."""
