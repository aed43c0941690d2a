"""Pure geometry: numbers in, a Scene out."""
