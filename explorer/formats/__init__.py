"""Readers and writers of files: one record at a time, every problem with its place."""
