"""Leaves files in the machine's places for temporary files."""

import contextlib
from pathlib import Path

from attempt import TARGETS, serve

for name in ("/tmp", "/var/tmp", "/dev/shm"):
    with contextlib.suppress(OSError):
        Path(name, TARGETS["left"]).write_text("left")
serve()
