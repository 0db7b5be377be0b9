"""Verifiable documents: signed data, PDF, code and status."""
