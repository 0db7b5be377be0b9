"""Floor 4: reports and what is found in them."""
