"""Result lines as columns, by month, for any engine."""
