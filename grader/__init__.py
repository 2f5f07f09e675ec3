"""Grades HTTP servers that learners write, stage by stage, over real sockets."""

__version__ = "0.1.0"
