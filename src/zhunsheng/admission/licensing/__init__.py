"""Licensing: whether a licence is needed, and by which law."""
