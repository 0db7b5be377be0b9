"""Pure reckoning of the search."""
