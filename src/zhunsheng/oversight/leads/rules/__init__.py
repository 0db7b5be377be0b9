"""Pure parts of leads: codes of reports from the public."""
