"""Recurring duties and the worker that runs them."""
