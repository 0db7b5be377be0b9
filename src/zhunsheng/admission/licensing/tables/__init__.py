"""Tables of licensing."""
