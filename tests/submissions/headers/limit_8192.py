"""A head of more than 8 KiB is refused.

Caught by: headers/long_head
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        head = super().read_head(client)
        if head and len(head) > 8192:
            raise ValueError("the head is too long")
        return head


Broken.main()
