"""Floor 6: the demo province."""
