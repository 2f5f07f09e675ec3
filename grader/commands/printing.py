"""Lines on standard output, whole and at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from grader.system.ending import forget
from grader.text.escape import no_command

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_lines(lines: Sequence[str], stream: TextIO | None = None) -> None:
    """Each on a line of its own, and none a command to CI; who waits for them has them when this
    returns. Who has left, as in `grade stages | head -1`, has read enough. stream: standard output,
    unless it is another one."""
    out = stream or sys.stdout
    try:
        out.write("".join(f"{no_command(line)}\n" for line in lines))
        out.flush()
    except BrokenPipeError:
        forget(out)
