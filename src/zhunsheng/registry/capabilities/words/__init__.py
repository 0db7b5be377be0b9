"""The words that people search with: spelling, the dictionary of terms, and the reading of a query."""
