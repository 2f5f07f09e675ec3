"""It splits at the empty line, and sends back what stands before it.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def cut(self, data):
        return data.partition(b"\r\n\r\n")[0]


Broken.main()
