"""It splits the head into lines, and joins them with a line feed alone.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        return b"".join(line + b"\n" for line in head.splitlines())


Broken.main()
