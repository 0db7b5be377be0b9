"""Capability search: who can test what, where, by which method."""
