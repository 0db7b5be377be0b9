"""Pages of plans, tasks, inspectors and boards."""
