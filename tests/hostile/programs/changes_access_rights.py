"""Opens files of others to everybody, and closes them to their owner: it changes their access rights."""

import os

from attempt import TARGETS, serve, trying

for name in TARGETS["made"]:
    for mode in (0o666, 0):
        with trying(f"changed the access rights of {name}"):
            os.chmod(name, mode)
serve()
