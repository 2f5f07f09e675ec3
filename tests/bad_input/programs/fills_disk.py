"""Writes beside itself and to its temporary directory until there is no room, at most 1.5 GB each."""

import contextlib
import tempfile
from pathlib import Path

from listener import ok, serve

for directory in (Path(__file__).parent, Path(tempfile.gettempdir())):
    with contextlib.suppress(OSError), (directory / "junk").open("wb") as junk:
        for _ in range(1500):
            junk.write(bytes(1_000_000))
serve(ok)
