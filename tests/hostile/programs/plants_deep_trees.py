"""Makes directories in one another, 3000 deep, with permissions for nobody at the end."""

import contextlib
import os
import tempfile

from attempt import serve

for place in (os.getcwd(), tempfile.gettempdir()):
    with contextlib.suppress(OSError):
        before = os.open(".", os.O_RDONLY)
        os.chdir(place)
        for _ in range(3000):
            os.mkdir("deeper")
            os.chdir("deeper")
        os.mkdir("locked", 0)
        os.fchdir(before)
serve()
