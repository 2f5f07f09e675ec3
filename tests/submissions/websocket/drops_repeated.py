"""A message that is the same as the one before is taken for the same one.

Caught by: websocket/same_again
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def answer(self, client, opcode, payload):
        if (opcode, payload) != getattr(client, "before", None):
            super().answer(client, opcode, payload)
        client.before = opcode, payload



Broken.main()
