"""The line ends are written into a raw string, so that a backslash and letters are sent.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return rb"HTTP/1.1 200 OK\r\n\r\n"


Broken.main()
