"""People, organisations, roles, API clients, the one permission policy."""
