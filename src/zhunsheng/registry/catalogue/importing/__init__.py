"""Tables from CSV and spreadsheets: read, checked line by line, saved whole or not at all. `bodies` uses it too."""
