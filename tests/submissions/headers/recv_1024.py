"""recv(1024) is called once: a head that is longer, or that comes in pieces, is cut.

Caught by: headers/browser_sized_head, headers/split_anywhere, headers/long_head, headers/any_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if client.answered:
            while client.socket.recv(1024):
                pass
        return client.socket.recv(1024).partition(b"\r\n\r\n")[0] or None

    def parse_headers(self, lines):
        return super().parse_headers(line for line in lines if ":" in line)


Broken.main()
