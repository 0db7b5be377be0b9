"""Every write of plans, inspectors and tasks."""
