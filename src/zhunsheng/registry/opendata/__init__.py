"""The public registers as open data."""
