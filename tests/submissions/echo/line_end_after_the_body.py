"""A line end is sent after the body, where nothing may stand.

Caught by: echo/nothing_after
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return super().to_bytes(response) + b"\r\n"


Broken.main()
