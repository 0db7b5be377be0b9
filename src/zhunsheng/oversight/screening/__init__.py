"""Signals of made-up results, with evidence, for people to judge."""
