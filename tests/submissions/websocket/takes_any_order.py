"""A continuation without a beginning is taken for a text.

Caught by: websocket/breaks_a_rule
"""

import sys

sys.path[0] += "/.."
from _web_live import CONTINUATION, TEXT
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        if opcode == CONTINUATION and message.opcode is None:
            opcode = TEXT
        super().take_data(client, message, fin, opcode, payload)


Broken.main()
