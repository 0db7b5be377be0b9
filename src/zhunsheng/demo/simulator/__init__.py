"""Simulated laboratories with a known truth: honest ones in their variety, dishonest ones by kind and intensity.

No detector may import this package: they read the lake alone (a contract of the import linter).
"""
