"""Pure functions over numpy columns: filters, masks, counts, words."""
