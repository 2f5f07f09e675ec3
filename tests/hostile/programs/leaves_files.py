"""Leaves files in the machine's places for temporary files."""

import contextlib
from pathlib import Path

from attempt import serve

for name in ("/tmp", "/var/tmp", "/dev/shm"):
    with contextlib.suppress(OSError):
        Path(name, "made-by-a-submission").write_text("left")
serve()
