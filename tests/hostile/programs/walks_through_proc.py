"""Tries to get at files through the working directory, root and open files of every process that it can see."""

import os
from pathlib import Path

from attempt import TARGETS, serve, trying

PLACE = str(Path(TARGETS["report"]).parent)
for name in filter(str.isdecimal, os.listdir("/proc")):
    for target in TARGETS["files"]:
        with trying(f"{target} in the root of {name}"):
            Path(f"/proc/{name}/root{target}").read_bytes()
    with trying(f"what lies around the working directory of {name}"):
        assert "results.json" in os.listdir(f"/proc/{name}/cwd")
    if int(name) == os.getpid():
        continue
    with trying(f"the open files of {name}"):
        links = [os.readlink(f"/proc/{name}/fd/{number}") for number in os.listdir(f"/proc/{name}/fd")]
        assert any(PLACE in link and "submission" not in link for link in links)
    with trying(f"the way out of {name}"):
        assert TARGETS["secret"].encode() in Path(f"/proc/{name}/cwd/../../notes.txt").read_bytes()
serve()
