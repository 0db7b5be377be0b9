"""Leads of every source, their triage, and what passes between departments and levels."""
