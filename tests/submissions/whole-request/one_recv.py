"""It calls recv once, with room for 1024 bytes.

Caught by: whole-request/browser, whole-request/large, whole-request/in_pieces, whole-request/too_long_line
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def read_head(self, connection):
        return connection.recv(1024)


Broken.main()
