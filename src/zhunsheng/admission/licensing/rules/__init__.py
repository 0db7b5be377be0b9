"""Pure rules of licensing."""
