"""It has room for ten header lines, and leaves out the others.

Caught by: whole-request/browser
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        lines = head.split(b"\r\n")
        return b"\r\n".join([*lines[:11], *lines[11:][-2:]]) if len(lines) > 13 else head


Broken.main()
