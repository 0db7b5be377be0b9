"""Pure parts: which items apply, what is signed, which day a photograph is of."""
