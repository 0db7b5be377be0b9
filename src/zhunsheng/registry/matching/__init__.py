"""Names as they arrive, matched to bodies and producers, never silently."""
