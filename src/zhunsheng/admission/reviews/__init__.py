"""Technical reviews: panels, checklists, nonconformities, conclusions."""
