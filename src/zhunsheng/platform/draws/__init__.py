"""Draws that anyone can recompute: commitment, source, transcript."""
