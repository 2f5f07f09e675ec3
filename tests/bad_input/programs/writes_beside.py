"""Changes, adds and removes files beside itself."""

import os
from pathlib import Path

from listener import ok, serve

here = Path(__file__).parent
(here / "added.txt").write_text("new")
(here / "keep.txt").write_text("changed")
(here / "precious.txt").unlink()
os.utime(__file__, (0, 0))
Path(__file__).chmod(0o600)
serve(ok)
