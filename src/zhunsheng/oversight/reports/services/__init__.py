"""Every write of this room: taking reports in."""
