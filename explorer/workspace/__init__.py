"""The one owner of state: filter, selection, hover, window, axis."""
