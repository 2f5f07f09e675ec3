"""A class that is graded on several machines: one job, one function, any executor."""
