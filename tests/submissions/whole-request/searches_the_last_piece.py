"""It searches only the last piece that has arrived for the empty line.

Caught by: whole-request/in_pieces
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def read_head(self, connection):
        data = b""
        while True:
            piece = self.receive(connection)
            data += piece
            if b"\r\n\r\n" in piece or not piece:
                return self.cut(data) if piece else b""
            self.limit(data)


Broken.main()
