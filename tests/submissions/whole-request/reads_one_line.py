"""It reads and sends back the request line alone.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        return head.partition(b"\r\n")[0] + b"\r\n"


Broken.main()
