"""Draws conversations at random, with Hypothesis, and makes them smaller."""
