"""Answers / rightly, as many stages need."""

from listener import ok, serve

serve(ok)
