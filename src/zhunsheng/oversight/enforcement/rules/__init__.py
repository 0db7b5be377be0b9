"""Pure parts of cases: the yardstick."""
