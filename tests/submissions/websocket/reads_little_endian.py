"""A length is read with its least significant byte first.

Caught by: websocket/length_in_two_bytes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def integer(self, data):
        return int.from_bytes(data, "little")


Broken.main()
