"""Makes 20,000 files before it listens."""

import contextlib
import os
import tempfile

from attempt import serve

with contextlib.suppress(OSError):
    for folder in range(20):
        os.mkdir(place := os.path.join(tempfile.gettempdir(), f"junk-{folder}"))
        for number in range(1000):
            os.close(os.open(os.path.join(place, str(number)), os.O_CREAT))
serve()
