"""What professionals do for one young person, and what each tells the other."""
