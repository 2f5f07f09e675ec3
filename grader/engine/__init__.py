"""One run from start to end: which checks, in which order, and what became of each."""
