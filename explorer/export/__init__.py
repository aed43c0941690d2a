"""Figures: a view, a size and a theme become a file."""
