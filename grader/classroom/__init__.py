"""A class: several submissions graded side by side, each by a process of its own, with one table of results."""
