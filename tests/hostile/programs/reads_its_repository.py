"""Tries to read the repository it lies in, with the token that fetched it, and the record of the learner's progress."""

import os
from pathlib import Path

from attempt import TARGETS, serve, trying

FILES = (".git/config", "module/.git", "module/inner/.git/config", ".grade/progress.json")
for place in (Path(), Path(TARGETS["own"])):
    for name in FILES:
        with trying(f"read {place / name}"):
            (place / name).read_bytes()
    for folder in (".", ".git", ".grade", "module", "module/inner"):
        with trying(f"listed {place / folder}"):
            assert {*os.listdir(place / folder)} & {".git", ".grade", "config", "progress.json"}
for name in (".git", ".grade", "module/.git", "module/inner/.git"):
    with trying(f"found {name}"):
        os.lstat(name)
serve()
