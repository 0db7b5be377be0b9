"""Whom to inspect: plans, frames, draws anyone can recompute, inspectors, estimates."""
