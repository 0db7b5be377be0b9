"""Floor 3: what can be tested, and by whom, on which day."""
