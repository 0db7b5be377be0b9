"""Standards, test objects, parameters, limits."""
