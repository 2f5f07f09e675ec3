"""The status line ends with the code: there is no reason, and not the space before it either.

Caught by: ok/space_after_the_code
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        line, end, rest = super().to_bytes(response).partition(b"\r\n")
        return b" ".join(line.split(b" ")[:2]) + end + rest


Broken.main()
