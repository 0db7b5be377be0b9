"""Floor 7: settings, addresses, UI kit, home pages."""
