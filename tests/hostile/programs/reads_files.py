"""Tries to read the grader, its course and reference, other submissions, earlier results and the home directory."""

import os
from pathlib import Path

from attempt import TARGETS, serve, trying

for name in TARGETS["files"]:
    with trying(f"read {name}"):
        Path(name).read_bytes()
    with trying(f"found {name}"):
        assert Path(name).name in os.listdir(Path(name).parent)
serve()
