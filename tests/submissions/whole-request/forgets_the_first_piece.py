"""It keeps only the last piece that has arrived.

Caught by: whole-request/browser, whole-request/large, whole-request/in_pieces, whole-request/too_long_line
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def receive(self, connection):
        return connection.recv(1024)

    def joined(self, data, piece):
        return data[-3:] + piece


Broken.main()
