"""Uploads are written by a shell, whose variables cannot hold NUL bytes.

Caught by: files/stores_every_byte
"""

import subprocess
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        if b"\0" not in body:
            super().save(path, body)
            return
        write = 'content=$(cat); printf %s "$content" > "$1"'
        subprocess.run(["sh", "-c", write, "sh", path], input=body, check=True)


Broken.main()
