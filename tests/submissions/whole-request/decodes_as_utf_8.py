"""It decodes the head as UTF-8, and replaces what is none.

Caught by: whole-request/beyond_ascii
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        return head.decode("utf-8", "replace").encode()


Broken.main()
