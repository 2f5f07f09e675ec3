"""How much one submission may be, packed or in an archive. Pure."""

from __future__ import annotations

from typing import Final

from grader.errors import NotGraded
from grader.value import Value


class Bounds(Value, frozen=True):
    """size: of all files together, in bytes. names: files, directories and links. depth: of
    directories in one another. path: the longest name with its directories, in bytes."""

    size: int = 512 << 20
    names: int = 50_000
    depth: int = 100
    path: int = 1000

    def refusal(self) -> NotGraded:
        """The end of the sentence about what goes beyond them."""
        return NotGraded(f"is too large to grade ({self})")

    def __str__(self) -> str:
        return (
            f"over {self.size >> 20} MiB, {self.names} names or {self.depth} directories in one"
            " another"
        )


BOUNDS: Final = Bounds()
"""Those of every submission, stated in docs/teacher.md."""
