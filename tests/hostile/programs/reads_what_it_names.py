"""Tries to read what its own grade.yaml, pyvenv.cfg, first line and links name: keys, neighbours, results, the course."""

import os
import sys
from pathlib import Path

from attempt import TARGETS, serve, trying

OF_OTHERS = {"id_ed25519", "results.json", "notes.txt", "neighbour"} | {Path(name).name for name in TARGETS["made"]}
NAMED = [piece for word in sys.argv[1:] for piece in word.replace("=", ":").split(":") if piece.startswith("/")]
for name in [*TARGETS["files"], *NAMED, "linked", "../node_modules", "../venv", "../package.json"]:
    with trying(f"read {name}"):
        Path(name).read_bytes()
    with trying(f"listed {name}"):
        assert {*os.listdir(name)} & OF_OTHERS
for name in TARGETS["files"]:
    with trying(f"found {name}"):
        assert Path(name).name in os.listdir(Path(name).parent)
serve()
