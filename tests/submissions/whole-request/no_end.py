"""It sends no length, and leaves the connection open.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def framing(self, body):
        return []

    def linger(self, connection):
        while connection.recv(4096):
            pass


Broken.main()
