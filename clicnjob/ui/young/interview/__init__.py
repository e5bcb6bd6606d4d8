"""The screens that prepare a young person for job interviews."""
