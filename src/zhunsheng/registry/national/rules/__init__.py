"""Pure rules of the national library."""
