"""准绳: oversees and serves the inspection, testing and certification bodies of a province."""
