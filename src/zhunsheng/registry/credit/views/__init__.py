"""Pages of credit files and grades."""
