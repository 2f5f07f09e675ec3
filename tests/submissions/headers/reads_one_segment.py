"""recv is called once, and whatever it returns is taken for the whole head.

Caught by: headers/split_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if not self.receive(client):
            return None
        head, _, client.buffer = client.buffer.partition(b"\r\n\r\n")
        return head


Broken.main()
