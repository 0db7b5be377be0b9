"""What was learned about a body: events, obligations, its grade."""
