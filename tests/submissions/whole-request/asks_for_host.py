"""It answers 400 to a request without Host, also to one of HTTP/1.0.

Caught by: whole-request/shortest
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def read_head(self, connection):
        head = super().read_head(connection)
        if head and b"\r\nHost:" not in head:
            self.send(connection, "400 Bad Request", b"Host is missing")
            return b""
        return head


Broken.main()
