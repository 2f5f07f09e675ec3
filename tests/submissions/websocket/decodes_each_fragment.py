"""Each fragment is decoded by itself.

Caught by: websocket/cut_in_a_letter
"""

import sys

sys.path[0] += "/.."
from _web_live import TEXT
from web_server import WebServer


class Broken(WebServer):
    def take_data(self, client, message, fin, opcode, payload):
        if not fin and opcode == TEXT:
            self.decode_text(payload)
        super().take_data(client, message, fin, opcode, payload)


Broken.main()
