"""From a transcript of HTTP to the commands that show the same fault by hand."""

from grader.http1.reproduce.by_hand import by_hand, command

__all__ = ["by_hand", "command"]
