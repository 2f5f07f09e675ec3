"""Comes to its end at once."""
