"""serve is called in place of being handed to the thread.

Caught by: tcp-echo/two_clients
"""

import sys
import threading

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def start(self, client):
        threading.Thread(target=self.serve(client)).start()


Broken.main()
