"""Each request begins with a recv, although the next one may be in the buffer.

Caught by: partial-reads/two_in_one_segment
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if not self.receive(client):
            return None
        return super().read_head(client)


Broken.main()
