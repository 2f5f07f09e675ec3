"""Files that are written where there were none: all of them, or none."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_new(directory: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Write these texts or bytes by their names below the directory; where they are then. Raises
    UsageError."""
    there = [name for name in files if os.path.lexists(directory / name)]
    if there:
        raise UsageError(
            f"nothing was written: {listed(there)} already"
            f" {'exists' if len(there) == 1 else 'exist'}"
        )
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "xb") as stream:
                written.append(path)
                stream.write(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        remove(written)
        shown = printable(str(error.filename or directory))
        raise UsageError(f"nothing was written: {shown}: {error.strerror or error}") from error
    return written


def remove(written: list[Path]) -> None:
    """Take back what was written."""
    for path in written:
        with contextlib.suppress(OSError):
            path.unlink()


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
