"""From a signal to what a person can check: reports side by side, peers, clocks, digits, limits. No Django."""
