"""It reads until the client closes, which waits for its answer.

Caught by: document/answers_200
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def read_head(self, connection):
        data = b""
        while piece := connection.recv(4096):
            data += piece
        return data


Broken.main()
