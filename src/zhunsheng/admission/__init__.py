"""Admission: which body may test what."""
