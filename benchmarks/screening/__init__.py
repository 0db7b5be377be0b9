"""Screening held against worlds with a known truth, against real data, and against the clock."""
