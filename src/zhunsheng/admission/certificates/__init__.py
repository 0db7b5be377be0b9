"""Certificates and their schedules: issued, changed, ended, announced."""
