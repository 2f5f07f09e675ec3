"""Raises at once."""

raise RuntimeError("the ship has sunk")
