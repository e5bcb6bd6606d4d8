"""What a young person makes of their answers: the CV, from questions to documents."""
