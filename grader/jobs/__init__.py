"""A class: several submissions graded side by side, each by its own process, in one table."""
