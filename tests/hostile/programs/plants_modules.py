"""Writes modules, beside itself and at home, that the grader would import if it looked there."""

import contextlib
import os
import tempfile

from attempt import TARGETS, serve

# Its own next launch finds what it has left at home, and may: nobody else's Python must import it.
OWNED = f"""import os, sys
if os.path.basename(sys.orig_argv[1]) != "plants_modules.py":
    os.kill({TARGETS['pid']}, 0)
    print("ESCAPED: imported by the grader")
    os._exit(0)
"""
NAMES = ("sitecustomize.py", "usercustomize.py", "requests.py", "yaml.py", "pexpect.py", "grader.py", "conftest.py")
for place in (os.getcwd(), tempfile.gettempdir(), f"{tempfile.gettempdir()}/.local/lib/python3.11/site-packages"):
    os.makedirs(place, exist_ok=True)
    for name in NAMES:
        with contextlib.suppress(OSError), open(os.path.join(place, name), "w") as file:
            file.write(OWNED)
serve()
