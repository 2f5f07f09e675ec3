"""Each piece of a body is decoded as text by itself.

Caught by: partial-reads/body_cut_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_body(self, client, request):
        length, text = self.content_length(request), ""
        while length:
            if not client.buffer and not self.receive(client):
                return None
            piece, client.buffer = client.buffer[:length], client.buffer[length:]
            length -= len(piece)
            text += piece.decode(errors="replace")
        return text.encode()


Broken.main()
