"""A case on its way to another MARAC: what is handed over, as a person reads it and as a program does."""
