"""Transfer-Encoding is not looked at: without Content-Length there is no body.

Caught by: chunked/ordinary_client
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer
from right_server import Server


class Broken(HardenedServer):
    def check_framing(self, request):
        self.check_length(request)

    def read_body(self, client, request):
        return Server.read_body(self, client, request)

    def turn_away(self, client, status):
        """Nobody hears what it thinks of the chunks: when that comes depends on who is faster."""
        while client.socket.recv(65536):
            pass


Broken.main()
