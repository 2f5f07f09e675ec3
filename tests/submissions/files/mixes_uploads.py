"""The body is gathered in one place for all clients.

Caught by: files/uploads_apart
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    body = b""

    def read_body(self, client, request):
        length = self.content_length(request)
        self.body, left = client.buffer[:length], length - len(client.buffer)
        client.buffer = client.buffer[length:]
        while left > 0:
            data = client.socket.recv(left)
            if not data:
                return None
            self.body += data
            left -= len(data)
        return self.body[-length:] if length else b""


Broken.main()
