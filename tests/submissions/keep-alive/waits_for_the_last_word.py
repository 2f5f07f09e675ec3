"""Before it closes, it waits for the client to say something more, and takes the end for nothing yet.

Caught by: keep-alive/rests_after_the_client
"""

import socket
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def wants_close(self, client, request):
        client.asked = super().wants_close(client, request)
        return client.asked

    def converse(self, client):
        super().converse(client)
        if client.answered and client.asked:
            client.socket.shutdown(socket.SHUT_WR)
            while not client.socket.recv(1):
                pass


Broken.main()
