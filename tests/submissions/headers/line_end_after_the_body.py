"""A line end is sent after a body of plain text, where nothing may stand.

Caught by: headers/nothing_after
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return super().to_bytes(response) + (b"\r\n" if response.body.isascii() else b"")


Broken.main()
