"""The case file: the only SQL in the program."""
