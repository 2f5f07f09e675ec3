"""The head ends after its last line: the empty line is missing.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return b"HTTP/1.1 200 OK\r\n"


Broken.main()
