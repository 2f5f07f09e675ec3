"""It serves one client, and then it is done.

Caught by: ok/second_client
"""

import sys

sys.path[0] += "/.."
from right_server import Client, Server


class Broken(Server):
    def run(self):
        with self.listen() as listener:
            self.start(*listener.accept())

    def start(self, connection, address):
        self.handle(Client(connection, address))


Broken.main()
