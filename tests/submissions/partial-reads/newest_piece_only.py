"""The empty line is searched in the newest piece only.

Caught by: partial-reads/head_cut_anywhere
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        newest = client.buffer
        while b"\r\n\r\n" not in newest:
            if not (newest := client.socket.recv(65536)):
                return None
            client.buffer += newest
        head, _, client.buffer = client.buffer.partition(b"\r\n\r\n")
        return head


Broken.main()
