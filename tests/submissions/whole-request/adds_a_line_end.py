"""A line end follows the body, and is not counted in its length.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def send(self, connection, status, body):
        super().send(connection, status, body)
        connection.sendall(b"\r\n")


Broken.main()
