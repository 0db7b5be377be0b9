"""Pages of reports for those who are signed in, and the public verification pages."""
