"""How reports become rows of the lake."""
