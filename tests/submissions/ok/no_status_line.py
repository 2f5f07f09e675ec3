"""The page is sent by itself, without a status line and headers.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        return b"<h1>It works</h1>"


Broken.main()
