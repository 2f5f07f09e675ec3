"""The request is split into lines, and the body is taken to be the last of them.

Caught by: files/stores_empty_lines
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def save(self, path, body):
        super().save(path, body.split(b"\r\n")[-1])


Broken.main()
