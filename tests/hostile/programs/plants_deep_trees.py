"""Makes directories in one another, deeper than a path may be long and than calls may be nested."""

import contextlib
import os
import sys
import tempfile

from attempt import serve

DEEP = 3000
places = [os.getcwd(), tempfile.gettempdir()]
if "--directory" in sys.argv:
    places.append(sys.argv[sys.argv.index("--directory") + 1])
for place in places:
    for name in ("d", "deeper" * 20):
        with contextlib.suppress(OSError):
            before = os.open(".", os.O_RDONLY)
            os.chdir(place)
            for _ in range(DEEP):
                os.mkdir(name)
                os.chdir(name)
            os.mkdir("locked", 0)
            os.fchdir(before)
serve()
