"""Makes directories in one another, deeper than a path may be long and than calls may be nested."""

import contextlib
import os
import sys
import tempfile

from attempt import serve

NAMES = (("d", 2100), ("deeper" * 20, 1100))  # 4200 bytes of path, and more than a thousand calls
places = [os.getcwd(), tempfile.gettempdir()]
if "--directory" in sys.argv:
    places.append(sys.argv[sys.argv.index("--directory") + 1])
for place in places:
    for name, deep in NAMES:
        with contextlib.suppress(OSError):
            before = os.open(".", os.O_RDONLY)
            os.chdir(place)
            for _ in range(deep):
                os.mkdir(name)
                os.chdir(name)
            os.mkdir("locked", 0)
            os.fchdir(before)
serve()
