"""The national list of matters and library of capability items (一单一库)."""
