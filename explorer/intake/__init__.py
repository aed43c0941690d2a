"""The one door by which any CASE is opened, checked and reported on."""
