"""Each fragment is answered as if it were a message.

Caught by: websocket/fragments
"""

import sys

sys.path[0] += "/.."
from _web_live import CONTINUATION
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        self.check_order(message, opcode)
        if opcode != CONTINUATION:
            message.opcode = opcode
        self.answer(client, message.opcode, payload)
        if fin:
            message.opcode = None


Broken.main()
