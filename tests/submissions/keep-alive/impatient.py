"""A connection on which nothing comes for 0.4 s is closed.

Caught by: keep-alive/outlives_half_a_second
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def converse(self, client):
        client.socket.settimeout(0.4)
        try:
            super().converse(client)
        except TimeoutError:
            return


Broken.main()
