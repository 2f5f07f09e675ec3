"""It answers 431 to a head of more than 8 KiB.

Caught by: whole-request/large
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server, TooLong


class Broken(Server):
    def limit(self, data):
        if len(data) > 8192:
            raise TooLong

    def refuse(self, connection):
        self.send(connection, "431 Request Header Fields Too Large", b"")


Broken.main()
