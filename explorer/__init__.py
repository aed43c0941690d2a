"""Dateline: a timeline and actor explorer in which every fact leads to the sentence it came from."""
