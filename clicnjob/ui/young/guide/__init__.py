"""The screens of the guided CV, one function for each question."""
