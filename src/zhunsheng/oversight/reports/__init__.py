"""The report format, intake, arrival checks, archive and verification."""
