"""It strips the white space at the end of the head, and with it the empty line.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        return head.strip()


Broken.main()
