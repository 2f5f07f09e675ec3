"""recv that returns nothing is answered by another recv, again and again.

Caught by: keep-alive/rests_after_the_client
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        head = super().read_head(client)
        while head is None and client.answered == 1:
            head = super().read_head(client)
        return head


Broken.main()
