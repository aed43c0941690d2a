"""A Scene onto a QPainter, and the themes and fonts it is painted with."""
