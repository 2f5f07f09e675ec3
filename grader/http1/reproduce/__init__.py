"""From a transcript to the commands that show the same fault by hand: one runs the server, one is
its client."""

from grader.http1.reproduce.by_hand import command
from grader.http1.reproduce.printing import written
from grader.http1.reproduce.server import Again, launching

__all__ = ["Again", "command", "launching", "written"]
