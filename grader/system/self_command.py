"""How this very grader is started once more, in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def command(module: str, arguments: Sequence[str] = ()) -> list[str]:
    """The command that runs one of our modules. `-P` keeps the current directory, which may be full
    of submissions, off its path."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Ours; and a checkout that was not installed is on the path."""
    ours = dict(os.environ)
    root = Path(__file__).resolve().parents[2]
    if root.name not in ("site-packages", "dist-packages"):
        ours["PYTHONPATH"] = os.pathsep.join([str(root), *filter(None, [ours.get("PYTHONPATH")])])
    return ours
