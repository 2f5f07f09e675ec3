"""It closes the connection at once after its answer, with bytes of the client unread.

Caught by: whole-request/readable_while_sending
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def linger(self, connection):
        pass


Broken.main()
