"""recv is called once, and whatever it returns is taken for the whole request.

Caught by: ok/waits_for_the_empty_line
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if not self.receive(client):
            return None
        head, client.buffer = client.buffer, b""
        return self.skip_empty_lines(head).rstrip(b"\r\n")


Broken.main()
