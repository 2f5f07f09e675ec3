"""Writes wherever it can: beside itself, to system directories, to earlier results. The test looks at what came of it."""

import contextlib
from pathlib import Path

from attempt import TARGETS, serve

for name in (*TARGETS["made"], *(f"{place}/{TARGETS['left']}" for place in ("/usr", "/etc"))):
    with contextlib.suppress(OSError):
        Path(name).write_text("changed")
Path("changed-by-itself").write_text("allowed: a copy")
Path(__file__).write_text("allowed as well: a copy")
serve()
