"""The lengths 126 and 127 are taken for the length itself.

Caught by: websocket/length_in_two_bytes
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def read_length(self, client, length):
        return length


Broken.main()
