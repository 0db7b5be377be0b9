"""Forms of leads."""
