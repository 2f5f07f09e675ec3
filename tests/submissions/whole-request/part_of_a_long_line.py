"""Of a line of more than 65,536 bytes, it sends the first 65,536 back.

Caught by: whole-request/too_long_line
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def refuse(self, connection):
        self.send(connection, "200 OK", b"x" * 65536)


Broken.main()
