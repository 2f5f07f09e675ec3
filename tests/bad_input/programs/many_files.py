"""Makes hundreds of files and directories without permissions beside itself and in its temporary directory."""

import contextlib
import tempfile
from pathlib import Path

from listener import ok, serve

for root in (Path(__file__).parent, Path(tempfile.gettempdir())):
    with contextlib.suppress(OSError):
        deep = root
        for _ in range(100):
            deep = deep / "deeper"
            deep.mkdir()
            deep.joinpath("file").write_bytes(b"x")
        deep.chmod(0)
        for number in range(500):
            (root / f"junk-{number}").touch(0)
serve(ok)
