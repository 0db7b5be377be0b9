"""Pure checks of the library."""
