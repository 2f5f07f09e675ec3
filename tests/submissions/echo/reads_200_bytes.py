"""recv(200) is called once: of a longer request, the rest is never looked at.

Caught by: echo/any_length
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def read_head(self, client):
        if client.answered:
            while client.socket.recv(200):
                pass
        return client.socket.recv(200).partition(b"\r\n\r\n")[0] or None

    def split_request_line(self, line):
        return [*line.split(" "), "HTTP/1.1"][:3]


Broken.main()
