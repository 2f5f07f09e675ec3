"""Looks for the grader's own directories, of this run and of others, reads what is in them and writes to them."""

import os
import re
import sys
from pathlib import Path

from attempt import TARGETS, serve, trying

OURS = Path(os.environ["HOME"]).parent
MINE = [Path.cwd(), Path(os.environ["HOME"]), *map(Path, sys.argv[2:3])]
OTHER = Path(TARGETS["other"])
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/var/lib", "/var/cache", f"/run/user/{os.getuid()}", TARGETS["scratch"])
NAMES = ("brief", "report-0", "copy-0/server.py", "copy-1/x", "reference.sock", "reference-files/public/x", "shared-9/x")


def in_sight(place: str) -> list[str]:
    """What is called like a directory of the grader's, and is not our own."""
    return [name for name in os.listdir(place) if re.fullmatch(r"grade-[0-9a-f]{16}", name) and name != OURS.name]


for folder in (OTHER, OURS):
    with trying(f"wrote to {folder}"):
        (folder / "planted").write_text("planted")
    with trying(f"made a directory in {folder}"):
        (folder / "planted").mkdir()
    with trying(f"moved {folder}"):
        folder.rename(folder.with_name("moved"))
    for path in (folder / name for name in NAMES):
        if not any(path.is_relative_to(place) for place in MINE):
            with trying(f"read {path}"):
                path.read_bytes()
            with trying(f"rewrote {path}"):
                path.write_text("planted")
            with trying(f"removed {path}"):
                path.unlink()
with trying(f"listed {OTHER}"):
    os.listdir(OTHER)
for public in PLACES:
    with trying(f"saw {public}/grade-*"):
        assert in_sight(public)
serve()
