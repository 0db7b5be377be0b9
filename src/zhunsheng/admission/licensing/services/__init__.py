"""Every write of licensing."""
