"""Notices to organisations: written once, shown in their inbox, mailed where an address is known."""
