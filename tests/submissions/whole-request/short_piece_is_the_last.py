"""It takes a recv that returns less than was asked for as the end of the request.

Caught by: whole-request/in_pieces
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def read_head(self, connection):
        data = b""
        while True:
            piece = connection.recv(4096)
            data += piece
            if len(piece) < 4096:
                return data
            self.limit(data)


Broken.main()
