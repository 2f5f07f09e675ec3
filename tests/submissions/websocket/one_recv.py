"""A frame is what one recv returns.

Caught by: websocket/in_pieces
"""

import sys

sys.path[0] += "/.."
from _web_live import Left
from web_server import WebServer


class Broken(WebServer):
    def exactly(self, client, size):
        if len(client.buffer) < size and not self.receive(client):
            raise Left
        data, client.buffer = client.buffer[:size], client.buffer[size:]
        return data + bytes(4 - len(data)) if size == 4 else data


Broken.main()
