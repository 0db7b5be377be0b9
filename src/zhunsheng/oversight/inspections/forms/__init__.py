"""What people enter about plans, tasks and inspectors."""
