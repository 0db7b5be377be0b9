"""The provincial library for people."""
