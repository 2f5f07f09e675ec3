"""The first word of a message is looked up, also of one that is empty, and the error ends the program.

Caught by: tcp-ping-pong/leaves_without_a_word
"""

import sys
import os

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        message = super().message(client)
        print(message.split()[0])
        return message

    def failed(self, error):
        super().failed(error)
        os._exit(1)


Broken.main()
