"""Runs the command line as `python -m grader` does, and notes the most memory its process held, in
KiB.

What would take all of the machine's memory is stopped long before.
"""

import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader import __main__ as grade


@contextmanager
def noting(place: Path) -> Iterator[None]:
    """Note it in this file, once what is run in here has come to its end."""
    resource.setrlimit(resource.RLIMIT_DATA, (2 << 30, 2 << 30))
    try:
        yield
    finally:
        status = Path("/proc/self/status").read_text()
        place.write_text(re.findall(r"VmHWM:\s+(\d+)", status)[0])


def main() -> None:
    with noting(Path(sys.argv.pop(1))):
        grade.main()


if __name__ == "__main__":
    main()
