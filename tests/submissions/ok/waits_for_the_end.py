"""The request is read until the client closes the connection, which waits for its answer first.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        while self.receive(client):
            pass
        return super().read_head(client)


Broken.main()
