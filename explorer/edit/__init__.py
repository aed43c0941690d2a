"""Pure makers of edits: a case and what the user wants in, an Edit out."""
