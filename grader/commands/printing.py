"""Lines on standard output, whole and at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from grader.system.ending import forget
from grader.text.escape import no_command

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_lines(lines: Sequence[str]) -> None:
    """Each on a line of its own, and none a command to CI; who waits for them has them when this
    returns. Who has left, as in `grade stages | head -1`, has read enough."""
    try:
        sys.stdout.write("".join(f"{no_command(line)}\n" for line in lines))
        sys.stdout.flush()
    except BrokenPipeError:
        forget(sys.stdout)
