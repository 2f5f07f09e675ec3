"""What tests of packs share."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from grader.intake.pack import pack

if TYPE_CHECKING:
    from grader.intake.pack import Source


def identity(source: Source) -> str:
    """The SHA-256 of its pack, in hexadecimal."""
    with tempfile.TemporaryDirectory() as folder:
        return pack(source, Path(folder, "pack"))
