"""The connection is closed after one message.

Caught by: websocket/again
"""

import sys

sys.path[0] += "/.."
from _web_live import BINARY, CONTINUATION, TEXT
from web_server import WebServer


class Broken(WebServer):
    def take(self, client, message, fin, opcode, payload):
        return super().take(client, message, fin, opcode, payload) and not (fin and opcode in (CONTINUATION, TEXT, BINARY))


Broken.main()
