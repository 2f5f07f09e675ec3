"""A message of more than 65,535 bytes is refused.

Caught by: websocket/length_in_eight_bytes
"""

import sys

sys.path[0] += "/.."
from _web_live import BrokenRule
from web_server import WebServer


class Broken(WebServer):
    def read_length(self, client, length):
        length = super().read_length(client, length)
        if length > 65535:
            raise BrokenRule(1009)
        return length


Broken.main()
