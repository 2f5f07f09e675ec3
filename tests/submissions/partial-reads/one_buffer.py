"""All connections share one buffer, which is emptied for each new client.

Caught by: partial-reads/clients_apart
"""

import sys
import threading

sys.path[0] += "/.."
from right_server import Client, Server


class SharedBuffer(Client):
    came = b""

    @property
    def buffer(self):
        return SharedBuffer.came

    @buffer.setter
    def buffer(self, data):
        SharedBuffer.came = data


class Broken(Server):
    def start(self, connection, address):
        threading.Thread(
            target=self.handle, args=(SharedBuffer(connection, address),), daemon=True
        ).start()


Broken.main()
