"""Floor 1: pure Python, no Django."""
