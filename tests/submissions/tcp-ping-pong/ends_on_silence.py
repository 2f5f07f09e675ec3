"""A client that leaves without a word is taken for the end of all clients.

Caught by: tcp-ping-pong/leaves_without_a_word
"""

import sys
import os

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        message = super().message(client)
        if not message:
            os._exit(0)
        return message


Broken.main()
